import { formatQuantity } from '#lib/domain/format'

const WIDTH = 5
const HEIGHT = 16

/** Events per hour of a day as small bars; the sum is in the accessible name. */
export function HourBars({ counts, label }: { counts: readonly number[]; label: string }) {
  const most = Math.max(1, ...counts)
  const total = counts.reduce((sum, events) => sum + events, 0)
  // What happens rarely still shows: one event is a pixel.
  const heightOf = (events: number) => (events === 0 ? 1 : Math.max(2, Math.round((events / most) * HEIGHT)))
  return (
    <svg
      width={counts.length * WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={`${label}: ${formatQuantity(total, 'event')} in the last 24 hours`}
    >
      {counts.map((events, hour) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the hour
          key={hour}
          x={hour * WIDTH}
          y={HEIGHT - heightOf(events)}
          width={WIDTH - 1}
          height={heightOf(events)}
          fill={events === 0 ? 'var(--border-strong)' : 'var(--accent-line)'}
        />
      ))}
    </svg>
  )
}
