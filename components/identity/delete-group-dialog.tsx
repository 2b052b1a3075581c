'use client'

import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { showSuccess } from '#components/ui/toast'
import { useDeleteGroup } from '#lib/client/groups'
import { formatQuantity } from '#lib/domain/format'
import type { Group } from '#lib/domain/identity/wire'
import { sayError } from './checked-form'

interface DeleteGroupDialogProps {
  group: Group
  onClose: () => void
}

/** Asks before a group goes; who was in it stays in the history. */
export function DeleteGroupDialog({ group, onClose }: DeleteGroupDialogProps) {
  const remove = useDeleteGroup(group.id)
  const done = () => {
    onClose()
    showSuccess(`${group.name} deleted.`)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${group.name}?`}
      affected={[
        `${formatQuantity(group.people, 'person leaves', 'people leave')} the group.`,
        ...(group.keys > 0
          ? [`${formatQuantity(group.keys, 'global key loses', 'global keys lose')} its rights.`]
          : []),
      ]}
      typeName={group.name}
      askReason
      confirmLabel="Delete"
      busy={remove.isPending}
      error={remove.error && sayError(remove.error)}
      onConfirm={(reason) => remove.mutate(reason, { onSuccess: done })}
    >
      This cannot be undone. A group that connections or projects still name is not deleted.
    </ConfirmDialog>
  )
}
