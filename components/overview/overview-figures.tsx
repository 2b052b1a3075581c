import type { Figure } from '#components/ui/figures'
import { Time } from '#components/ui/time'
import { formatCount, formatDuration, formatQuantity } from '#lib/domain/format'
import type { Overview } from '#lib/domain/overview/wire'

/** The four numbers of the page. One that is not known is a dash and says why. */
export function overviewFigures({ totals, connections }: Overview): Figure[] {
  const { eventsToday, objectsToday, waiting, waitingSince, lagP99Ms, lagTargetMs } = totals
  const failing = connections.filter(({ health }) => health.state === 'failing').length
  return [
    {
      label: 'Delivered today',
      value: eventsToday === null ? '–' : formatCount(eventsToday),
      note:
        objectsToday === null ? 'no extension delivers yet' : `in ${formatQuantity(objectsToday, 'object')}`,
    },
    {
      label: 'Waiting',
      value: waiting === null ? '–' : formatCount(waiting),
      note: waitingSince ? (
        <span>
          oldest <Time at={waitingSince} />
        </span>
      ) : waiting === null ? (
        'events are kept until an extension delivers them'
      ) : (
        'nothing waits'
      ),
    },
    {
      label: 'Delivery lag, p99',
      value: lagP99Ms === null ? '–' : formatDuration(lagP99Ms),
      note:
        lagP99Ms === null
          ? 'nothing delivered in the last hour'
          : `target ${lagTargetMs / 1_000} s, last hour`,
    },
    {
      label: 'Connections',
      value: formatCount(connections.length),
      ...(failing > 0
        ? { tone: 'warn' as const, note: `${failing} ${failing === 1 ? 'needs' : 'need'} attention` }
        : {}),
    },
  ]
}
