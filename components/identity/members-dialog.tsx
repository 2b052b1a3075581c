'use client'

import { useQuery } from '@tanstack/react-query'
import { AccessGate } from '#components/access/access-gate'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Skeleton } from '#components/ui/skeleton'
import { type Column, NameCell, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { groupQuery, useRemoveMember } from '#lib/client/groups'
import type { Group, GroupDetails } from '#lib/domain/identity/wire'
import { Actor } from './actor'
import { AddMembers } from './add-members'
import { FormError } from './checked-form'

interface MembersDialogProps {
  group: Group
  onClose: () => void
}

/** Who is in a group, since when, by whom and why; and who was. */
export function MembersDialog({ group, onClose }: MembersDialogProps) {
  const query = useQuery(groupQuery(group.id))
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={<span className="mono">{group.name}</span>}
      description={group.description}
    >
      <AccessGate
        query={query}
        name={group.name}
        loading={<Skeleton label="Loading members" rows={3} />}
        back={{ href: '/launchpad/users/groups', label: 'Back to the groups' }}
      >
        {(details) => <Members details={details} />}
      </AccessGate>
    </Dialog>
  )
}

type Member = GroupDetails['members'][number]
type Past = GroupDetails['past'][number]

function Members({ details }: { details: GroupDetails }) {
  const remove = useRemoveMember(details.id)
  return (
    <div className="stack">
      {details.canEdit && <AddMembers group={details} />}
      <FormError error={remove.error} />
      {details.members.length > 0 ? (
        <div className="card">
          <Table
            two
            label="Members"
            columns={memberColumns((member) => remove.mutate(member.userId))}
            rows={details.members}
            rowKey={(member) => member.userId}
          />
        </div>
      ) : (
        <p className="muted">Nobody is in this group.</p>
      )}
      {details.past.length > 0 && (
        <details>
          <summary>Who was in it before</summary>
          <div className="card mt-3">
            <Table
              two
              label="Former members"
              columns={PAST_COLUMNS}
              rows={details.past}
              rowKey={(past) => `${past.login} ${past.until}`}
            />
          </div>
        </details>
      )}
    </div>
  )
}

const memberColumns = (onRemove: (member: Member) => void): Column<Member>[] => [
  {
    id: 'name',
    header: 'Name',
    card: 'head',
    cell: (member) => (
      <NameCell
        second={
          <>
            <span className="mono">{member.login}</span>
            {member.disabled && ' · disabled'}
          </>
        }
      >
        <span>{member.name}</span>
      </NameCell>
    ),
  },
  {
    id: 'since',
    header: 'Since',
    cell: (member) => (
      <NameCell second={member.reason}>
        <span>
          <Time at={member.from} as="day" /> by <Actor name={member.actor} />
        </span>
      </NameCell>
    ),
  },
  {
    id: 'remove',
    header: 'Actions',
    headerHidden: true,
    card: 'action',
    width: 56,
    cell: (member) =>
      member.canRemove && (
        <Button
          variant="ghost"
          small
          square
          icon="x"
          aria-label={`Take ${member.login} out of the group`}
          onClick={() => onRemove(member)}
        />
      ),
  },
]

const PAST_COLUMNS: Column<Past>[] = [
  {
    id: 'name',
    header: 'Name',
    card: 'head',
    cell: (past) => (
      <NameCell second={<span className="mono">{past.login}</span>}>
        <span>{past.name}</span>
      </NameCell>
    ),
  },
  {
    id: 'time',
    header: 'From and until',
    cell: (past) => (
      <>
        <Time at={past.from} as="day" /> to <Time at={past.until} as="day" />
      </>
    ),
  },
  {
    id: 'ended',
    header: 'Ended by',
    cell: (past) => (
      <NameCell second={past.reason}>
        <span className="mono">{past.endedBy}</span>
      </NameCell>
    ),
  },
]
