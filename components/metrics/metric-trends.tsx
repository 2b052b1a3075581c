import { KeyValue } from '#components/ui/key-value'
import { METRIC_LABELS, type MetricId, sayMetric } from '#lib/domain/datasets/metrics'
import { formatQuantity } from '#lib/domain/format'
import { type Computation, valuesOf } from './computations'

/** The newest values that are drawn. */
const DRAWN = 30

/** How each metric went: a line through its values, oldest first, and the first and last in words. */
export function MetricTrends({
  computations,
  metrics,
}: {
  computations: Computation[]
  metrics: MetricId[]
}) {
  return (
    <KeyValue
      entries={metrics.flatMap((metric) => {
        const values = valuesOf(computations, metric)
        if (values.length < 2) return []
        return [{ key: METRIC_LABELS[metric], value: <Trend metric={metric} values={values} /> }]
      })}
    />
  )
}

function Trend({ metric, values }: { metric: MetricId; values: number[] }) {
  const first = sayMetric(metric, values.at(0) ?? 0)
  const last = sayMetric(metric, values.at(-1) ?? 0)
  const over = `over ${formatQuantity(values.length, 'computation')}`
  if (values.every((value) => value === values[0])) return <>{`${last}, the same ${over}`}</>
  return (
    <span className="row wrap">
      <svg className="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <polyline points={drawLine(values.slice(-DRAWN))} />
      </svg>
      <span>{first === last ? `${last}, nearly the same ${over}` : `${first} to ${last} ${over}`}</span>
    </span>
  )
}

const WIDTH = 96
const HEIGHT = 18

/** From the lowest value at the foot to the highest at the top. */
function drawLine(values: readonly number[]): string {
  const lowest = Math.min(...values)
  const span = Math.max(...values) - lowest || 1
  const step = WIDTH / Math.max(1, values.length - 1)
  return values
    .map(
      (value, at) =>
        `${(at * step).toFixed(1)},${(HEIGHT - 1 - ((value - lowest) / span) * (HEIGHT - 2)).toFixed(1)}`,
    )
    .join(' ')
}
