'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { globalKeysQuery } from '#lib/client/keys'
import { KeyDialog } from './key-dialog'
import { KeysTable } from './keys-table'
import { UsersFrame } from './users-frame'

/** The keys that belong to nobody. */
export function GlobalKeysTab() {
  const query = useQuery(globalKeysQuery())
  const [creating, setCreating] = useState(false)
  return (
    <>
      <UsersFrame
        query={query}
        name="the global API keys"
        actions={
          query.data?.canCreate && (
            <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
              Create a global key
            </Button>
          )
        }
      >
        {({ keys }) =>
          keys.length > 0 ? (
            <KeysTable rights="Rights of" label="Global API keys" keys={keys} />
          ) : (
            <EmptyState icon="key" title="There is no global API key">
              A global key has the rights of the groups that it is in, whoever comes and goes. Personal keys
              stand with their owners.
            </EmptyState>
          )
        }
      </UsersFrame>
      <KeyDialog kind="global" open={creating} onOpenChange={setCreating} />
    </>
  )
}
