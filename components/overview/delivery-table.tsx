import { Status } from '#components/ui/status'
import { type Column, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { formatCount, formatDuration, formatQuantity } from '#lib/domain/format'
import type { DeliveryRow } from '#lib/domain/overview/wire'
import { HourBars } from './hour-bars'

const STATES = {
  delivering: { kind: 'ok', word: 'Delivering' },
  waiting: { kind: 'warn', word: 'Waiting' },
  idle: { kind: 'off', word: 'Nothing sent yet' },
  off: { kind: 'off', word: 'Kept, not delivered' },
} as const

const count = (value: number | null) =>
  value === null ? <span className="muted">–</span> : formatCount(value)

const COLUMNS: Column<DeliveryRow>[] = [
  {
    id: 'type',
    header: 'Node type',
    card: 'head',
    cell: ({ label, stream }) => <span className={stream === 'instance' ? 'mono' : undefined}>{label}</span>,
  },
  { id: 'state', header: 'State', cell: ({ state, kept }) => <State state={state} kept={kept} /> },
  {
    id: 'last',
    header: 'Last object',
    cell: ({ lastObjectAt }) =>
      lastObjectAt ? <Time at={lastObjectAt} /> : <span className="muted">–</span>,
  },
  {
    id: 'hours',
    header: 'Last 24 hours',
    wideOnly: true,
    cell: ({ last24Hours, label }) => last24Hours && <HourBars counts={last24Hours} label={label} />,
  },
  {
    id: 'lag',
    header: 'Lag',
    look: 'num',
    cell: ({ lagMs }) => (lagMs === null ? <span className="muted">–</span> : formatDuration(lagMs)),
  },
  { id: 'waiting', header: 'Waiting', look: 'num', cell: ({ waiting }) => count(waiting) },
  { id: 'today', header: 'Events today', look: 'num', cell: ({ eventsToday }) => count(eventsToday) },
]

function State({ state, kept }: Pick<DeliveryRow, 'state' | 'kept'>) {
  const { kind, word } = STATES[state]
  return <Status kind={kind}>{kept ? `${formatQuantity(kept, 'event')} kept, not delivered` : word}</Status>
}

/** How each node type's events get to the bucket. */
export function DeliveryTable({ rows }: { rows: readonly DeliveryRow[] }) {
  return (
    <Table
      label="Delivery by node type"
      // The bars are what a narrow page can do without.
      className="max-[899px]:[&_:is(th,td):nth-child(4)]:hidden"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => `${row.stream} ${row.label}`}
    />
  )
}
