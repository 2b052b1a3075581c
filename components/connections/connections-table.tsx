import Link from 'next/link'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { Status } from '#components/ui/status'
import { type Column, NameCell, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { CONNECTION_TYPE_LABEL } from '#lib/domain/connections/params'
import type { ConnectionHealth, ConnectionItem } from '#lib/domain/connections/wire'

/** The connections, a card each below 768 px; locked ones say whom to ask. */
export function ConnectionsTable({
  items,
  ask,
}: {
  items: readonly ConnectionItem[]
  ask: readonly string[]
}) {
  return <Table two label="Connections" columns={columnsFor(ask)} rows={items} rowKey={(item) => item.name} />
}

const columnsFor = (ask: readonly string[]): Column<ConnectionItem>[] => [
  {
    id: 'name',
    header: 'Name',
    card: 'head',
    cell: (item) => (
      <NameCell second={secondLine(item)}>
        {item.locked ? (
          <span className="mono">{item.name}</span>
        ) : (
          <Link className="mono" href={addressOf(item.name)}>
            {item.name}
          </Link>
        )}
      </NameCell>
    ),
  },
  { id: 'type', header: 'Type', cell: () => CONNECTION_TYPE_LABEL },
  {
    id: 'usable',
    header: 'Usable by',
    cell: (item) =>
      item.usableBy ? (
        <UsableBy usableBy={item.usableBy} />
      ) : (
        <Status kind="lock">Locked{ask.length > 0 && ` · ask ${ask.join(', ')}`}</Status>
      ),
  },
  { id: 'health', header: 'Health', cell: (item) => item.health && <Health health={item.health} /> },
  {
    id: 'test',
    header: 'Last test',
    cell: (item) =>
      item.health?.at && (
        <span className="muted">
          <Time at={item.health.at} />
        </span>
      ),
  },
  {
    id: 'actions',
    header: 'Actions',
    headerHidden: true,
    card: 'action',
    width: 56,
    cell: (item) => !item.locked && <Actions item={item} />,
  },
]

export const addressOf = (name: string, tab = '') =>
  `/launchpad/connections/${encodeURIComponent(name)}${tab && `/${tab}`}`

function secondLine(item: ConnectionItem): string {
  const managed = item.managedBy && `Managed by extension ${item.managedBy.label}`
  return [managed || item.description, item.hidden && 'hidden'].filter(Boolean).join(' · ')
}

export function UsableBy({ usableBy }: { usableBy: NonNullable<ConnectionItem['usableBy']> }) {
  if (usableBy.everyone) return <Badge>Everyone in this space</Badge>
  if (usableBy.names.length === 0) return <span className="muted">nobody yet</span>
  return (
    <span className="row wrap gap-1">
      {usableBy.names.map((one) => (
        <Badge key={`${one.principal} ${one.name}`} mono={one.principal === 'group'}>
          {one.name}
        </Badge>
      ))}
      {usableBy.more > 0 && <span className="small muted">and {usableBy.more} more</span>}
    </span>
  )
}

const HEALTH = { healthy: 'ok', failing: 'warn', untested: 'none' } as const

export const Health = ({ health }: { health: ConnectionHealth }) => (
  <Status kind={HEALTH[health.state]}>{health.message}</Status>
)

function Actions({ item }: { item: ConnectionItem }) {
  const tabs: [label: string, tab: string, shown: boolean][] = [
    ['Open', '', true],
    ['Settings', 'settings', item.abilities.canAudit],
    ['Permissions', 'permissions', item.abilities.canAudit],
    ['Who can access', 'access', item.abilities.canAudit],
    ['Activity', 'activity', item.abilities.canAudit],
  ]
  const entries = tabs
    .filter(([, , shown]) => shown)
    .map(([label, tab]): MenuEntry => ({ kind: 'link', label, href: addressOf(item.name, tab) }))
  return (
    <Menu
      trigger={<Button variant="ghost" small square icon="dots" aria-label={`Actions for ${item.name}`} />}
      entries={entries}
    />
  )
}
