import type { DeliveryFigures } from '#lib/domain/extensions/wire'
import { formatClock, formatDuration, formatQuantity } from '#lib/domain/format'

/** Delivery in a line: `"84,317 events today · lag 41 s at p99"`; what is not known is left out. */
export function deliveryLine(figures: DeliveryFigures): string {
  const parts = [`${formatQuantity(figures.eventsToday, 'event')} today`]
  if (figures.lagP99Ms !== null) parts.push(`lag ${formatDuration(figures.lagP99Ms)} at p99`)
  if (figures.waiting > 0) parts.push(waitingLine(figures))
  return parts.join(' · ')
}

/** `"1,204 events waiting since 14:02 UTC"`. */
export function waitingLine({ waiting, waitingSince }: DeliveryFigures): string {
  const since = waitingSince === null ? '' : ` since ${formatClock(new Date(waitingSince))}`
  return `${formatQuantity(waiting, 'event')} waiting${since}`
}
