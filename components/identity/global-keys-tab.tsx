'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Skeleton } from '#components/ui/skeleton'
import { globalKeysQuery } from '#lib/client/keys'
import { KeyDialog } from './key-dialog'
import { KeysTable } from './keys-table'
import { BACK, UsersFrame } from './users-frame'

/** The keys that belong to nobody. */
export function GlobalKeysTab() {
  const query = useQuery(globalKeysQuery())
  const [creating, setCreating] = useState(false)
  return (
    <UsersFrame
      actions={
        query.data?.canCreate && (
          <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
            Create a global key
          </Button>
        )
      }
    >
      <AccessGate
        query={query}
        name="the global API keys"
        loading={<Skeleton label="Loading keys" rows={2} />}
        back={BACK}
      >
        {({ keys }) =>
          keys.length > 0 ? (
            <KeysTable rights label="Global API keys" keys={keys} />
          ) : (
            <EmptyState icon="key" title="There is no global API key">
              A global key has the rights of the groups that it is in, whoever comes and goes. Personal keys
              stand with their owners.
            </EmptyState>
          )
        }
      </AccessGate>
      <KeyDialog kind="global" open={creating} onOpenChange={setCreating} />
    </UsersFrame>
  )
}
