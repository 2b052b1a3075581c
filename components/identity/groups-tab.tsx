'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { groupsQuery } from '#lib/client/groups'
import { DeleteGroupDialog } from './delete-group-dialog'
import { GroupFormDialog } from './group-form-dialog'
import { type GroupAct, GroupsTable } from './groups-table'
import { MembersDialog } from './members-dialog'
import { UsersFrame } from './users-frame'

/** The groups of the space. */
export function GroupsTab() {
  const query = useQuery(groupsQuery())
  const [chosen, setChosen] = useState<GroupAct | null>(null)
  const close = () => setChosen(null)
  return (
    <>
      <UsersFrame
        query={query}
        name="the groups"
        actions={
          query.data?.canCreate && (
            <Button variant="primary" icon="plus" onClick={() => setChosen({ act: 'create' })}>
              Create a group
            </Button>
          )
        }
      >
        {({ groups }) => (
          <div className="card">
            <GroupsTable groups={groups} onChoose={setChosen} />
          </div>
        )}
      </UsersFrame>
      {chosen?.act === 'create' && <GroupFormDialog group={null} onClose={close} />}
      {chosen?.act === 'edit' && <GroupFormDialog group={chosen.group} onClose={close} />}
      {chosen?.act === 'members' && <MembersDialog group={chosen.group} onClose={close} />}
      {chosen?.act === 'delete' && <DeleteGroupDialog group={chosen.group} onClose={close} />}
    </>
  )
}
