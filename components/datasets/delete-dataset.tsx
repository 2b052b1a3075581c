'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { Menu } from '#components/ui/menu'
import { PathText } from '#components/ui/path-text'
import { showSuccess } from '#components/ui/toast'
import { useDeleteDataset } from '#lib/client/datasets'
import type { Dataset } from '#lib/domain/datasets/wire'
import { flowAddress } from './dataset-address'

/** What can be done with the dataset as a whole: delete it, after its name was typed. */
export function DeleteDataset({ dataset }: { dataset: Dataset }) {
  const { projectKey, name, definition } = dataset
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const remove = useDeleteDataset(projectKey, name)
  const done = () => {
    showSuccess(`${name} was deleted.`)
    router.push(flowAddress(projectKey))
  }
  return (
    <>
      <Menu
        trigger={<Button variant="ghost" square icon="dots" aria-label={`Actions for ${name}`} />}
        entries={[{ label: 'Delete dataset', icon: 'trash', danger: true, onSelect: () => setAsking(true) }]}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${name}?`}
        affected={['Its settings and its listings', 'Links to it, and what reads it over the API']}
        typeName={name}
        confirmLabel="Delete dataset"
        busy={remove.isPending}
        error={remove.error?.message}
        onConfirm={() => remove.mutate(undefined, { onSuccess: done })}
      >
        <p>
          The files under{' '}
          <span className="mono">
            <PathText path={definition.params.path} />
          </span>{' '}
          on <span className="mono">{dataset.connection}</span> stay where they are.
        </p>
      </ConfirmDialog>
    </>
  )
}
