'use client'

import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '#components/ui/empty-state'
import { personalKeysQuery } from '#lib/client/keys'
import { KeysTable } from './keys-table'
import { UsersFrame } from './users-frame'

/** Everyone's own keys, which administrators may end. */
export function PersonalKeysTab() {
  return (
    <UsersFrame query={useQuery(personalKeysQuery())} name="the personal API keys">
      {({ keys }) =>
        keys.length > 0 ? (
          <KeysTable rights="Belongs to" label="Personal API keys" keys={keys} />
        ) : (
          <EmptyState icon="key" title="Nobody has a personal API key">
            People make them under their own keys. Each may do what its person may do, at each moment.
          </EmptyState>
        )
      }
    </UsersFrame>
  )
}
