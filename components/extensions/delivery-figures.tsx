import type { Figure } from '#components/ui/figures'
import { Time } from '#components/ui/time'
import type { DeliveryFigures } from '#lib/domain/extensions/wire'
import { formatCount, formatDuration, formatQuantity } from '#lib/domain/format'

/** The figures of a delivery; a number that is not known says so. */
export function deliveryFigures(delivery: DeliveryFigures): Figure[] {
  const { eventsToday, objectsToday, waiting, waitingSince, lagP99Ms, lastObjectAt } = delivery
  return [
    {
      label: 'Delivered today',
      value: formatCount(eventsToday),
      note: `in ${formatQuantity(objectsToday, 'object')}`,
    },
    {
      label: 'Waiting',
      value: formatCount(waiting),
      ...(waitingSince
        ? {
            note: (
              <>
                oldest <Time at={waitingSince} />
              </>
            ),
          }
        : {}),
    },
    {
      label: 'Delivery lag, p99',
      value: lagP99Ms === null ? '–' : formatDuration(lagP99Ms),
      note: lagP99Ms === null ? 'not known: nothing in the last hour' : 'target 60 s, last hour',
    },
    {
      label: 'Last object',
      value: lastObjectAt ? <Time at={lastObjectAt} /> : '–',
      note: lastObjectAt ? undefined : 'none yet',
    },
  ]
}
