'use client'

import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { showSuccess } from '#components/ui/toast'
import { useDisableUser, useEnableUser } from '#lib/client/users'
import type { User } from '#lib/domain/identity/wire'
import { sayError } from './checked-form'

interface DisableDialogProps {
  user: User
  onClose: () => void
}

/** Asks before a person is locked out. */
export function DisableDialog({ user, onClose }: DisableDialogProps) {
  const disable = useDisableUser(user.id)
  const done = () => {
    onClose()
    showSuccess(`${user.login} is disabled.`)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Disable ${user.name}?`}
      affected={['Their sessions end now.', 'Their API keys stop working until they are enabled again.']}
      askReason
      confirmLabel="Disable"
      busy={disable.isPending}
      error={disable.error && sayError(disable.error)}
      onConfirm={(reason) => disable.mutate(reason, { onSuccess: done })}
    >
      They keep their groups and can be enabled again.
    </ConfirmDialog>
  )
}

/** Asks before a person is let in again. */
export function EnableDialog({ user, onClose }: DisableDialogProps) {
  const enable = useEnableUser(user.id)
  const done = () => {
    onClose()
    showSuccess(`${user.login} is enabled.`)
  }
  const groups = user.groups.map(({ name }) => name).join(', ')
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Enable ${user.name}?`}
      tone="primary"
      confirmLabel="Enable"
      busy={enable.isPending}
      error={enable.error && sayError(enable.error)}
      onConfirm={() => enable.mutate(undefined, { onSuccess: done })}
    >
      {groups
        ? `They can sign in again, with what ${groups} may do. Their API keys work again.`
        : 'They can sign in again. They are in no group. Their API keys work again.'}
    </ConfirmDialog>
  )
}
