'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { showSuccess } from '#components/ui/toast'
import { useRemoveConnection } from '#lib/client/connections'
import type { ConnectionDependents } from '#lib/domain/connections/who-can-access'
import type { ConnectionDetail } from '#lib/domain/connections/wire'

interface RemoveConnectionProps {
  connection: ConnectionDetail
  /** Undefined while it is not known what depends on it: then it cannot be removed yet. */
  dependents: ConnectionDependents | undefined
  ended: string | null
}

/** Removes a connection after naming every dataset, project and owner concerned. */
export function RemoveConnection({ connection, dependents, ended }: RemoveConnectionProps) {
  const [open, setOpen] = useState(false)
  const router = useRouter()
  const remove = useRemoveConnection(connection.name)
  const { name } = connection
  const confirm = (reason: string) =>
    remove.mutate(reason, {
      onSuccess: () => {
        showSuccess(`Removed ${name}`)
        router.push('/launchpad/connections')
      },
    })
  return (
    <div>
      <Button
        variant="danger"
        icon="trash"
        disabledReason={ended ?? (dependents ? null : 'Looking for the datasets on it…')}
        onClick={() => setOpen(true)}
      >
        Remove
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Remove ${name}?`}
        typeName={name}
        askReason
        confirmLabel="Remove"
        affected={(dependents?.datasets ?? []).map(
          (dataset) => `${dataset.name} in project ${dataset.projectKey}, made by ${dataset.owner}`,
        )}
        busy={remove.isPending}
        error={remove.error?.message}
        onConfirm={confirm}
      >
        Nobody can use it from then on, and its secret is destroyed. Its datasets stay and say who removed it.
        Nothing in the bucket is touched.
      </ConfirmDialog>
    </div>
  )
}
