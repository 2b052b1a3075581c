'use client'

import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { showSuccess } from '#components/ui/toast'
import { useDeleteProject } from '#lib/client/projects'
import { formatQuantity } from '#lib/domain/format'
import type { ProjectItem } from '#lib/domain/projects/wire'

/** Asks before a project goes, with what goes along. */
export function RemoveProjectDialog({
  project,
  onClose,
}: {
  project: ProjectItem | null
  onClose: () => void
}) {
  const remove = useDeleteProject()
  if (!project) return null
  const done = () => {
    onClose()
    showSuccess(`${project.name} was removed.`)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${project.name}?`}
      affected={[`${formatQuantity(project.datasets, 'dataset')} of it and all drafts`]}
      typeName={project.key}
      confirmLabel="Remove project"
      busy={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate(project.key, { onSuccess: done })}
    >
      The files that its datasets read stay in their buckets. Who was a member stays on record.
    </ConfirmDialog>
  )
}
