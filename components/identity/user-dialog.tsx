'use client'

import { Dialog } from '#components/ui/dialog'
import { showSuccess } from '#components/ui/toast'
import { useSaveUser } from '#lib/client/users'
import { type User, userChange } from '#lib/domain/identity/wire'
import { useCheckedForm } from './checked-form'
import { DialogForm, TextField } from './dialog-form'
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
  const { form, values, set, textOf, onSubmit, rest } = useCheckedForm({
    schema: userChange.required({ name: true, email: true, groupIds: true }),
    initial: {
      name: user.name,
      email: user.email,
      groupIds: user.groups.map(({ id }) => id),
      reason: '',
      fieldTags: user.fieldTags,
    },
    error: save.error,
    send: (body) => save.mutate(body, { onSuccess: saved }),
  })
  return (
    <DialogForm
      form={form}
      onSubmit={onSubmit}
      error={rest}
      label="Save"
      busy={save.isPending}
      onCancel={onClose}
    >
      <TextField label="Name" {...textOf('name')} />
      <TextField label="E-mail" type="email" {...textOf('email')} />
      <GroupChoice chosen={values.groupIds} onChosenChange={(groupIds) => set('groupIds', groupIds)} />
      <TextField label="Reason" hint="Kept in the audit trail; may be empty." {...textOf('reason')} />
    </DialogForm>
  )
}
