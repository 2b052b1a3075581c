'use client'

import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { showSuccess } from '#components/ui/toast'
import { useChangePassword } from '#lib/client/session'
import { passwordChange } from '#lib/domain/identity/wire'
import { FormError, useCheckedForm } from './checked-form'
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
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: passwordChange,
    initial: { current: '', next: '' },
    error: change.error,
    send: (body) => change.mutate(body, { onSuccess: done }),
  })
  return (
    <form className="form" method="post" ref={form} onSubmit={onSubmit} noValidate>
      <Field label="Present password" error={errorOf('current')}>
        <Input
          type="password"
          name="current"
          autoComplete="current-password"
          value={values.current}
          onChange={(event) => set('current', event.target.value)}
        />
      </Field>
      <NewPasswordField
        label="New password"
        value={values.next}
        onValueChange={(value) => set('next', value)}
        error={errorOf('next')}
      />
      <FormError error={rest} />
      <div className="row dialog-actions">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  )
}
