'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { Button } from '#components/ui/button'
import { Skeleton } from '#components/ui/skeleton'
import { groupsQuery } from '#lib/client/groups'
import { DeleteGroupDialog } from './delete-group-dialog'
import { GroupFormDialog } from './group-form-dialog'
import { type GroupAct, GroupsTable } from './groups-table'
import { MembersDialog } from './members-dialog'
import { BACK, UsersFrame } from './users-frame'

/** The groups of the space. */
export function GroupsTab() {
  const query = useQuery(groupsQuery())
  const [chosen, setChosen] = useState<GroupAct | null>(null)
  const close = () => setChosen(null)
  return (
    <UsersFrame
      actions={
        query.data?.canCreate && (
          <Button variant="primary" icon="plus" onClick={() => setChosen({ act: 'create' })}>
            Create a group
          </Button>
        )
      }
    >
      <AccessGate
        query={query}
        name="the groups"
        loading={<Skeleton label="Loading groups" rows={3} />}
        back={BACK}
      >
        {({ groups }) => (
          <div className="card">
            <GroupsTable groups={groups} onChoose={setChosen} />
          </div>
        )}
      </AccessGate>
      {chosen?.act === 'create' && <GroupFormDialog group={null} onClose={close} />}
      {chosen?.act === 'edit' && <GroupFormDialog group={chosen.group} onClose={close} />}
      {chosen?.act === 'members' && <MembersDialog group={chosen.group} onClose={close} />}
      {chosen?.act === 'delete' && <DeleteGroupDialog group={chosen.group} onClose={close} />}
    </UsersFrame>
  )
}
