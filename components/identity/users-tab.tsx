'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { useDeferredSearch } from '#components/ui/deferred-search'
import { NoMatches } from '#components/ui/empty-state'
import { SearchField } from '#components/ui/search-field'
import { usersQuery } from '#lib/client/users'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { Users } from '#lib/domain/identity/wire'
import { InviteDialog } from './invite-dialog'
import { UsersFrame } from './users-frame'
import { UsersTable } from './users-table'

/** The people of the space. */
export function UsersTab() {
  const { search, setSearch, asked } = useDeferredSearch()
  const [inviting, setInviting] = useState(false)
  const query = useQuery(usersQuery(asked))
  return (
    <>
      <UsersFrame
        query={query}
        name="the users"
        actions={
          query.data?.canInvite && (
            <Button variant="primary" icon="plus" onClick={() => setInviting(true)}>
              Invite a person
            </Button>
          )
        }
      >
        {(found) => (
          <>
            <div className="row wrap mb-3">
              <SearchField
                page
                label="Search users"
                placeholder="Name, login or e-mail"
                value={search}
                onValueChange={setSearch}
              />
              <span className="small muted end only-l" role="status">
                {sayCount(found)}
              </span>
            </div>
            <div className="card">
              {found.users.length > 0 ? (
                <UsersTable users={found.users} />
              ) : (
                <NoMatches what="users" onClear={() => setSearch('')} />
              )}
            </div>
          </>
        )}
      </UsersFrame>
      <InviteDialog open={inviting} onOpenChange={setInviting} />
    </>
  )
}

function sayCount({ users, total }: Users): string {
  if (users.length === total) return formatQuantity(total, 'user')
  return `${formatCount(users.length)} of ${formatQuantity(total, 'user')}; search to narrow`
}
