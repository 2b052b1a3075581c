'use client'

import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { showSuccess } from '#components/ui/toast'
import { useSaveUser } from '#lib/client/users'
import { type User, userChange } from '#lib/domain/identity/wire'
import { FormError, useCheckedForm } from './checked-form'
import { GroupChoice } from './group-choice'

interface UserDialogProps {
  user: User
  onClose: () => void
}

/** Name, e-mail address and groups of a person. */
export function UserDialog({ user, onClose }: UserDialogProps) {
  return (
    <Dialog narrow open onOpenChange={onClose} title={user.name} description={`Login ${user.login}`}>
      <UserForm user={user} onClose={onClose} />
    </Dialog>
  )
}

function UserForm({ user, onClose }: UserDialogProps) {
  const save = useSaveUser(user.id)
  const saved = () => {
    onClose()
    showSuccess(`${user.login} saved.`)
  }
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: userChange.required({ name: true, email: true, groupIds: true }),
    initial: { name: user.name, email: user.email, groupIds: user.groups.map(({ id }) => id), reason: '' },
    error: save.error,
    send: (body) => save.mutate(body, { onSuccess: saved }),
  })
  return (
    <form className="form" ref={form} onSubmit={onSubmit} noValidate>
      <Field label="Name" error={errorOf('name')}>
        <Input name="name" value={values.name} onChange={(event) => set('name', event.target.value)} />
      </Field>
      <Field label="E-mail" error={errorOf('email')}>
        <Input
          type="email"
          name="email"
          value={values.email}
          onChange={(event) => set('email', event.target.value)}
        />
      </Field>
      <GroupChoice chosen={values.groupIds} onChosenChange={(groupIds) => set('groupIds', groupIds)} />
      <Field label="Reason" hint="Kept in the audit trail; may be empty." error={errorOf('reason')}>
        <Input
          name="reason"
          value={values.reason ?? ''}
          onChange={(event) => set('reason', event.target.value)}
        />
      </Field>
      <FormError error={rest} />
      <div className="row dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}
