'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Page, PageHeader } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Skeleton } from '#components/ui/skeleton'
import { ownKeysQuery } from '#lib/client/keys'
import { GatedPage } from './gated-page'
import { KeyDialog } from './key-dialog'
import { KeysTable } from './keys-table'

/** One's own API keys. */
export function KeysPage() {
  const query = useQuery(ownKeysQuery())
  const [creating, setCreating] = useState(false)
  return (
    <>
      <GatedPage
        query={query}
        name="your keys"
        loading={<Skeleton label="Loading keys" rows={2} />}
        frame={(content) => (
          <Page>
            <PageHeader
              title="Your API keys"
              description={
                <>
                  For scripts that act as you. A key may do what you may do, at each moment, and ends with
                  your account. What it can call is described{' '}
                  <Link className="underline" href="/api/docs">
                    in the API
                  </Link>
                  .
                </>
              }
              actions={
                query.data?.canCreate && (
                  <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
                    Create a key
                  </Button>
                )
              }
            />
            {content}
          </Page>
        )}
      >
        {({ keys }) =>
          keys.length > 0 ? (
            <KeysTable label="Your API keys" keys={keys} />
          ) : (
            <EmptyState icon="key" title="You have no API key">
              A key stands here until it ends or is revoked. Scripts and Dataiku’s own client sign in with
              one.
            </EmptyState>
          )
        }
      </GatedPage>
      <KeyDialog kind="personal" open={creating} onOpenChange={setCreating} />
    </>
  )
}
