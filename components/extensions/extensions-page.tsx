'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { Page, PageHeader } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { Skeleton } from '#components/ui/skeleton'
import { extensionsQuery } from '#lib/client/extensions'
import type { Extension } from '#lib/domain/extensions/wire'
import { ActivateDialog } from './activate-dialog'
import { ExtensionCard } from './extension-card'

/** What a space can switch on, and how each stands. */
export function ExtensionsPage() {
  const query = useQuery(extensionsQuery())
  const [adding, setAdding] = useState<Extension['key'] | 'choose' | null>(null)
  const extensions = query.data?.extensions ?? []
  const addable = extensions.filter(({ state }) => state === 'available' || state === 'inactive')
  const mayAdd = extensions.some(({ canActivate, refusal }) => canActivate || refusal !== null)
  return (
    <Page narrow>
      <PageHeader
        title="Extensions"
        description="Each one adds something to this space and takes it away again when you deactivate it. Logs already delivered are never deleted."
        actions={
          mayAdd && (
            <Button
              variant="primary"
              icon="plus"
              disabledReason={addable.length === 0 ? 'Every extension is active already.' : null}
              onClick={() => setAdding('choose')}
            >
              Add an extension
            </Button>
          )
        }
      />
      <AccessGate
        query={query}
        name="the extensions"
        loading={<Skeleton label="Loading extensions" rows={6} />}
        back={{ href: '/', label: 'Back' }}
      >
        {(list) => (
          <ul className="stack" aria-label="Extensions">
            {list.extensions.map((extension) => (
              <ExtensionCard
                key={extension.key}
                extension={extension}
                onActivate={() => setAdding(extension.key)}
              />
            ))}
          </ul>
        )}
      </AccessGate>
      {adding && (
        <ActivateDialog
          extensions={addable}
          chosen={adding === 'choose' ? null : adding}
          onClose={() => setAdding(null)}
        />
      )}
    </Page>
  )
}
