import { KeyValue } from '#components/ui/key-value'
import { METRIC_LABELS, type MetricId, sayMetric } from '#lib/domain/datasets/metrics'
import { formatQuantity } from '#lib/domain/format'
import { type Computation, valuesOf } from './computations'

/** The newest values that are drawn. */
const DRAWN = 30

/** How each metric went: a bar for each value, oldest first, and the first and last in words. */
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
  const first = values.at(0) ?? 0
  const last = values.at(-1) ?? 0
  const over = `over ${formatQuantity(values.length, 'computation')}`
  if (values.every((value) => value === last)) return <>{`${sayMetric(metric, last)}, the same ${over}`}</>
  const drawn = values.slice(-DRAWN)
  const most = Math.max(1, ...drawn)
  return (
    <span className="row wrap">
      <span className="spark" aria-hidden="true">
        {drawn.map((value, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
          <i key={at} style={{ height: `${Math.max(6, (value / most) * 100)}%` }} />
        ))}
      </span>
      <span>{`${sayMetric(metric, first)} to ${sayMetric(metric, last)} ${over}`}</span>
    </span>
  )
}
