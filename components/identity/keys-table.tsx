'use client'

import { useState } from 'react'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { type Column, NameCell, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { showSuccess } from '#components/ui/toast'
import { useRevokeKey } from '#lib/client/keys'
import type { ApiKey } from '#lib/domain/identity/wire'
import { Actor } from './actor'
import { sayError } from './checked-form'
import { EditKeyDialog } from './edit-key-dialog'
import { GroupBadges } from './users-table'

interface KeysTableProps {
  label: string
  keys: readonly ApiKey[]
  /** The head of the column that says what a key may do: left out where that is what its person may. */
  rights?: 'Rights of' | 'Permission' | 'Belongs to'
}

/** Keys that are in force, and their end. */
export function KeysTable({ label, keys, rights }: KeysTableProps) {
  const [chosen, setChosen] = useState<ApiKey | null>(null)
  const [edited, setEdited] = useState<ApiKey | null>(null)
  const columns = columnsFor({ onRevoke: setChosen, onEdit: setEdited }, rights ?? 'Rights of').filter(
    ({ id }) => rights || id !== 'rights',
  )
  return (
    <div className="card">
      <Table two label={label} columns={columns} rows={keys} rowKey={(key) => key.id} />
      {edited && <EditKeyDialog apiKey={edited} onClose={() => setEdited(null)} />}
      {chosen && <RevokeDialog apiKey={chosen} onClose={() => setChosen(null)} />}
    </div>
  )
}

interface Acts {
  onRevoke: (key: ApiKey) => void
  onEdit: (key: ApiKey) => void
}

const columnsFor = ({ onRevoke, onEdit }: Acts, rights: string): Column<ApiKey>[] => [
  {
    id: 'label',
    header: 'Label',
    card: 'head',
    cell: (key) => (
      <NameCell
        second={
          <>
            <span className="mono">{key.prefix}…</span>
            {key.description && ` · ${key.description}`}
          </>
        }
      >
        <span>{key.label}</span>
      </NameCell>
    ),
  },
  {
    id: 'rights',
    header: rights,
    cell: (key) => <RightsCell apiKey={key} />,
  },
  {
    id: 'created',
    header: 'Made',
    cell: (key) => (
      <span>
        <Time at={key.createdAt} /> by <Actor name={key.createdBy} />
      </span>
    ),
  },
  {
    id: 'used',
    header: 'Last used',
    cell: (key) => (key.lastUsedAt ? <Time at={key.lastUsedAt} /> : <span className="muted">never</span>),
  },
  {
    id: 'expires',
    header: 'Ends',
    cell: (key) =>
      key.expiresAt ? <Time at={key.expiresAt} as="day" /> : <span className="muted">no end</span>,
  },
  {
    id: 'actions',
    header: 'Actions',
    headerHidden: true,
    card: 'action',
    width: 152,
    cell: (key) => (
      <span className="row gap-2">
        {key.canEdit && (
          <Button small onClick={() => onEdit(key)} aria-label={`Edit ${key.label}`}>
            Edit
          </Button>
        )}
        {key.canRevoke && (
          <Button small onClick={() => onRevoke(key)} aria-label={`Revoke ${key.label}`}>
            Revoke
          </Button>
        )}
      </span>
    ),
  },
]

function RightsCell({ apiKey: { owner, level, admin, groups } }: { apiKey: ApiKey }) {
  if (owner)
    return (
      <span>
        {owner.name} <span className="small muted mono">{owner.login}</span>
      </span>
    )
  if (level)
    return (
      <span className="row wrap gap-1">
        <Badge {...(level === 'admin' ? { tone: 'accent' as const } : {})}>{LEVEL_LABELS[level]}</Badge>
        {groups.length > 0 && <GroupBadges groups={groups} />}
      </span>
    )
  return admin ? <Badge tone="accent">administrators</Badge> : <GroupBadges groups={groups} />
}

const LEVEL_LABELS = { read: 'Read', write: 'Write', admin: 'Admin' }

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useRevokeKey()
  const done = () => {
    onClose()
    showSuccess(`${apiKey.label} revoked.`)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Revoke ${apiKey.label}?`}
      confirmLabel="Revoke"
      busy={revoke.isPending}
      error={revoke.error && sayError(revoke.error)}
      onConfirm={() => revoke.mutate(apiKey.id, { onSuccess: done })}
    >
      Whatever uses this key, or a key that was made with it, is refused from its next request on. This cannot
      be undone.
    </ConfirmDialog>
  )
}
