'use client'

import { useState } from 'react'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { Status } from '#components/ui/status'
import { type Column, NameCell, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import type { User } from '#lib/domain/identity/wire'
import { DisableDialog, EnableDialog } from './disable-dialog'
import { ResetLinkDialog } from './reset-link-dialog'
import { UserDialog } from './user-dialog'

type Act = 'edit' | 'reset' | 'disable' | 'enable'
type Chosen = { user: User; act: Act } | null

/** People with their groups and what can be done to each. */
export function UsersTable({ users }: { users: readonly User[] }) {
  const [chosen, setChosen] = useState<Chosen>(null)
  const close = () => setChosen(null)
  return (
    <>
      <Table
        two
        label="Users"
        columns={columnsFor((user, act) => setChosen({ user, act }))}
        rows={users}
        rowKey={(user) => user.id}
      />
      {chosen?.act === 'edit' && <UserDialog user={chosen.user} onClose={close} />}
      {chosen?.act === 'reset' && <ResetLinkDialog user={chosen.user} onClose={close} />}
      {chosen?.act === 'disable' && <DisableDialog user={chosen.user} onClose={close} />}
      {chosen?.act === 'enable' && <EnableDialog user={chosen.user} onClose={close} />}
    </>
  )
}

type Choose = (user: User, act: Act) => void

const columnsFor = (choose: Choose): Column<User>[] => [
  {
    id: 'name',
    header: 'Name',
    card: 'head',
    cell: (user) => (
      <NameCell
        second={
          <>
            <span className="mono">{user.login}</span> · {user.email}
          </>
        }
      >
        <span>{user.name}</span>
      </NameCell>
    ),
  },
  { id: 'groups', header: 'Groups', cell: (user) => <GroupBadges groups={user.groups} /> },
  {
    id: 'state',
    header: 'State',
    cell: (user) =>
      user.disabledAt ? <Status kind="off">Disabled</Status> : <Status kind="ok">Active</Status>,
  },
  {
    id: 'seen',
    header: 'Last seen',
    cell: (user) => (
      <span className="muted">{user.lastSeenAt ? <Time at={user.lastSeenAt} /> : 'not signed in'}</span>
    ),
  },
  {
    id: 'actions',
    header: 'Actions',
    headerHidden: true,
    card: 'action',
    width: 56,
    cell: (user) => <Actions user={user} choose={choose} />,
  },
]

/** Group names as they are quoted. */
export function GroupBadges({ groups }: { groups: readonly { id: string; name: string }[] }) {
  if (groups.length === 0) return <span className="muted">none</span>
  return (
    <span className="row wrap gap-1">
      {groups.map(({ id, name }) => (
        <Badge key={id} mono>
          {name}
        </Badge>
      ))}
    </span>
  )
}

function Actions({ user, choose }: { user: User; choose: Choose }) {
  const entries: MenuEntry[] = []
  const add = (act: Act, label: string, danger = false) =>
    entries.push({ label, danger, onSelect: () => choose(user, act) })
  if (user.canEdit) add('edit', 'Edit name and groups')
  if (user.canReset) add('reset', 'Make a reset link')
  if (user.canEnable) add('enable', 'Enable')
  if (user.canDisable) add('disable', 'Disable', true)
  if (entries.length === 0) return null
  return (
    <Menu
      trigger={<Button variant="ghost" small square icon="dots" aria-label={`Actions for ${user.login}`} />}
      entries={entries}
    />
  )
}
