'use client'

import { Dialog } from '#components/ui/dialog'
import { Time } from '#components/ui/time'
import { useInviteUser } from '#lib/client/links'
import { inviteInput } from '#lib/domain/identity/wire'
import { useCheckedForm } from './checked-form'
import { DialogForm, TextField } from './dialog-form'
import { GroupChoice } from './group-choice'
import { ShownOnce } from './shown-once'

interface InviteDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Makes a one-time link for someone to join. No mail is sent: the link is copied. */
export function InviteDialog({ open, onOpenChange }: InviteDialogProps) {
  return (
    <Dialog
      narrow
      open={open}
      onOpenChange={onOpenChange}
      title="Invite a person"
      description="They choose their login and password with a link that works once, for seven days."
    >
      <InviteForm onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function InviteForm({ onDone }: { onDone: () => void }) {
  const invite = useInviteUser()
  const { form, values, set, textOf, onSubmit, rest } = useCheckedForm({
    schema: inviteInput,
    initial: { email: '', groupIds: [] as string[] },
    error: invite.error,
    send: (body) => invite.mutate(body),
  })
  if (invite.data) {
    return (
      <ShownOnce label="Invitation link" value={invite.data.link} onDone={onDone}>
        Send it to {values.email}. It works once, until <Time at={invite.data.expiresAt} as="exact" />.
      </ShownOnce>
    )
  }
  return (
    <DialogForm
      form={form}
      onSubmit={onSubmit}
      error={rest}
      label="Make the link"
      busy={invite.isPending}
      onCancel={onDone}
    >
      <TextField label="E-mail" type="email" {...textOf('email')} />
      <GroupChoice chosen={values.groupIds} onChosenChange={(groupIds) => set('groupIds', groupIds)} />
    </DialogForm>
  )
}
