'use client'

import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { type Column, NameCell, Table } from '#components/ui/table'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { Group } from '#lib/domain/identity/wire'

export type GroupAct = { act: 'create' } | { act: 'edit' | 'members' | 'delete'; group: Group }

interface GroupsTableProps {
  groups: readonly Group[]
  onChoose: (act: GroupAct) => void
}

/** Groups with how many people are in each. */
export function GroupsTable({ groups, onChoose }: GroupsTableProps) {
  return (
    <Table two label="Groups" columns={columnsFor(onChoose)} rows={groups} rowKey={(group) => group.id} />
  )
}

const columnsFor = (choose: GroupsTableProps['onChoose']): Column<Group>[] => [
  {
    id: 'name',
    header: 'Name',
    card: 'head',
    cell: (group) => (
      <NameCell second={group.description}>
        <span className="row gap-2">
          <span className="mono">{group.name}</span>
          {group.builtIn && <Badge>built in</Badge>}
        </span>
      </NameCell>
    ),
  },
  {
    id: 'people',
    header: 'People',
    cell: (group) => (
      <LinkButton onClick={() => choose({ act: 'members', group })} aria-label={`Members of ${group.name}`}>
        {formatQuantity(group.people, 'person', 'people')}
      </LinkButton>
    ),
  },
  { id: 'keys', header: 'Global keys', look: 'num', cell: (group) => formatCount(group.keys) },
  {
    id: 'actions',
    header: 'Actions',
    headerHidden: true,
    card: 'action',
    width: 56,
    cell: (group) => <Actions group={group} choose={choose} />,
  },
]

interface ActionsProps {
  group: Group
  choose: GroupsTableProps['onChoose']
}

function Actions({ group, choose }: ActionsProps) {
  const entries: MenuEntry[] = [{ label: 'Members', onSelect: () => choose({ act: 'members', group }) }]
  if (group.canEdit) entries.push({ label: 'Edit', onSelect: () => choose({ act: 'edit', group }) })
  if (group.canDelete)
    entries.push({ label: 'Delete', danger: true, onSelect: () => choose({ act: 'delete', group }) })
  return (
    <Menu
      trigger={<Button variant="ghost" small square icon="dots" aria-label={`Actions for ${group.name}`} />}
      entries={entries}
    />
  )
}
