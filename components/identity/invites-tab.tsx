'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EmptyState } from '#components/ui/empty-state'
import { type Column, NameCell, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { showSuccess } from '#components/ui/toast'
import { invitesQuery, useRevokeInvite } from '#lib/client/links'
import type { Invite } from '#lib/domain/identity/wire'
import { Actor } from './actor'
import { sayError } from './checked-form'
import { UsersFrame } from './users-frame'
import { GroupBadges } from './users-table'

/** Invitations that wait to be accepted. */
export function InvitesTab() {
  const query = useQuery(invitesQuery())
  const [chosen, setChosen] = useState<Invite | null>(null)
  return (
    <>
      <UsersFrame query={query} name="the invitations">
        {({ invites }) =>
          invites.length > 0 ? (
            <div className="card">
              <Table
                two
                label="Invitations"
                columns={columnsFor(setChosen)}
                rows={invites}
                rowKey={(invite) => invite.id}
              />
            </div>
          ) : (
            <EmptyState icon="users" title="No invitation waits">
              An invitation stands here until it is accepted, withdrawn or seven days old. Invite people on
              the tab Users.
            </EmptyState>
          )
        }
      </UsersFrame>
      {chosen && <RevokeDialog invite={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

const columnsFor = (onRevoke: (invite: Invite) => void): Column<Invite>[] => [
  {
    id: 'email',
    header: 'For',
    card: 'head',
    cell: (invite) => (
      <NameCell
        second={
          <>
            by <Actor name={invite.createdBy} />, <Time at={invite.createdAt} />
          </>
        }
      >
        <span>{invite.email}</span>
      </NameCell>
    ),
  },
  { id: 'groups', header: 'Groups', cell: (invite) => <GroupBadges groups={invite.groups} /> },
  { id: 'expires', header: 'Works until', cell: (invite) => <Time at={invite.expiresAt} as="day" /> },
  {
    id: 'actions',
    header: 'Actions',
    headerHidden: true,
    card: 'action',
    width: 112,
    cell: (invite) =>
      invite.canRevoke && (
        <Button
          small
          onClick={() => onRevoke(invite)}
          aria-label={`Withdraw the invitation for ${invite.email}`}
        >
          Withdraw
        </Button>
      ),
  },
]

function RevokeDialog({ invite, onClose }: { invite: Invite; onClose: () => void }) {
  const revoke = useRevokeInvite()
  const done = () => {
    onClose()
    showSuccess(`Invitation for ${invite.email} withdrawn.`)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Withdraw the invitation for ${invite.email}?`}
      confirmLabel="Withdraw"
      busy={revoke.isPending}
      error={revoke.error && sayError(revoke.error)}
      onConfirm={() => revoke.mutate(invite.id, { onSuccess: done })}
    >
      Its link stops working now.
    </ConfirmDialog>
  )
}
