'use client'

import { Dialog } from '#components/ui/dialog'
import { showSuccess } from '#components/ui/toast'
import { useChangePassword } from '#lib/client/session'
import { passwordChange } from '#lib/domain/identity/wire'
import { useCheckedForm } from './checked-form'
import { DialogForm, TextField } from './dialog-form'
import { NewPasswordField } from './new-password-field'

interface ChangePasswordDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** One's own password; the other sessions end with the change. */
export function ChangePasswordDialog({ open, onOpenChange }: ChangePasswordDialogProps) {
  return (
    <Dialog
      narrow
      open={open}
      onOpenChange={onOpenChange}
      title="Change password"
      description="You stay signed in here; your other sessions end."
    >
      <ChangePasswordForm onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function ChangePasswordForm({ onDone }: { onDone: () => void }) {
  const change = useChangePassword()
  const done = () => {
    onDone()
    showSuccess('Password changed. Your other sessions have ended.')
  }
  const { form, values, set, errorOf, textOf, onSubmit, rest } = useCheckedForm({
    schema: passwordChange,
    initial: { current: '', next: '' },
    error: change.error,
    send: (body) => change.mutate(body, { onSuccess: done }),
  })
  return (
    <DialogForm
      form={form}
      onSubmit={onSubmit}
      error={rest}
      label="Change password"
      busy={change.isPending}
      onCancel={onDone}
    >
      <TextField
        label="Present password"
        type="password"
        autoComplete="current-password"
        {...textOf('current')}
      />
      <NewPasswordField
        label="New password"
        value={values.next}
        onValueChange={(value) => set('next', value)}
        error={errorOf('next')}
      />
    </DialogForm>
  )
}
