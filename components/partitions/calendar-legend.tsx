import { formatBytes } from '#lib/domain/format'
import type { SizeOutlier } from '#lib/domain/partitioning/size-outliers'
import { type HeatScale, OUTLIER_LABELS, stepStart } from './calendar-model'

const STEPS = [1, 2, 3, 4, 5]

/** `"8 B to 64 B"`, or `"64 B and more"` of a last step that holds sizes far above the others. */
function sayStep(step: number, scale: HeatScale): string {
  const from = formatBytes(stepStart(step, scale))
  if (step === STEPS.length && scale.exceeded) return `${from} and more`
  return `${from} to ${formatBytes(stepStart(step + 1, scale))}`
}

/** What colours and shapes mean, with the sizes of this calendar. */
export function CalendarLegend({ scale, outliers }: { scale: HeatScale; outliers: readonly SizeOutlier[] }) {
  const bound = (step: number) => formatBytes(stepStart(step, scale))
  return (
    <section className="legend" aria-label="Legend">
      <span>
        {bound(1)}{' '}
        <span className="ramp">
          {STEPS.map((step) => (
            <span key={step} className={`cell h${step}`} title={sayStep(step, scale)} />
          ))}
        </span>{' '}
        {bound(6)}
        {scale.exceeded && ' and more'}
      </span>
      <span>
        <span className="cell filling h3" />
        still filling
      </span>
      <span>
        <span className="cell empty" />
        empty
      </span>
      <span>
        <span className="cell missing" />
        missing
      </span>
      <span>
        <span className="cell failed" />
        unreadable
      </span>
      {outliers.map((outlier) => (
        <span key={outlier}>
          <span className={`cell h3 ${outlier}`} />
          {OUTLIER_LABELS[outlier]}
        </span>
      ))}
    </section>
  )
}
