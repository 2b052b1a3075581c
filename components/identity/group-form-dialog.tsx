'use client'

import { useState } from 'react'
import { Dialog } from '#components/ui/dialog'
import { showSuccess } from '#components/ui/toast'
import { useCreateGroup, useSaveGroup } from '#lib/client/groups'
import { type Group, type GroupInput, groupInput } from '#lib/domain/identity/wire'
import { useCheckedForm } from './checked-form'
import { DialogForm, TextField } from './dialog-form'

interface GroupFormDialogProps {
  /** null makes a new one. */
  group: Group | null
  onClose: () => void
}

/** Name and description of a group, new or not. */
export function GroupFormDialog({ group, onClose }: GroupFormDialogProps) {
  return (
    <Dialog narrow open onOpenChange={onClose} title={group ? `Edit ${group.name}` : 'Create a group'}>
      {group ? <EditForm group={group} onClose={onClose} /> : <CreateForm onClose={onClose} />}
    </Dialog>
  )
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const create = useCreateGroup()
  const done = (body: GroupInput) => () => {
    onClose()
    showSuccess(`${body.name} created.`)
  }
  return (
    <GroupForm
      initial={{ name: '', description: '' }}
      label="Create"
      busy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSend={(body) => create.mutate(body, { onSuccess: done(body) })}
    />
  )
}

function EditForm({ group, onClose }: { group: Group; onClose: () => void }) {
  const save = useSaveGroup(group.id)
  // As the form was filled; the list behind it goes on.
  const [fieldTags] = useState(group.fieldTags)
  const done = (body: GroupInput) => () => {
    onClose()
    showSuccess(`${body.name} saved.`)
  }
  return (
    <GroupForm
      initial={{ name: group.name, description: group.description }}
      nameStays={group.builtIn}
      label="Save"
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSend={(body) => save.mutate({ ...body, fieldTags }, { onSuccess: done(body) })}
    />
  )
}

interface GroupFormProps {
  initial: GroupInput
  nameStays?: boolean
  label: string
  busy: boolean
  error: Error | null
  onClose: () => void
  onSend: (body: GroupInput) => void
}

function GroupForm({ initial, nameStays = false, label, busy, error, onClose, onSend }: GroupFormProps) {
  const { form, textOf, onSubmit, rest } = useCheckedForm({
    schema: groupInput,
    initial,
    error,
    send: onSend,
  })
  return (
    <DialogForm form={form} onSubmit={onSubmit} error={rest} label={label} busy={busy} onCancel={onClose}>
      <TextField
        label="Name"
        hint={
          nameStays
            ? 'A built-in group keeps its name.'
            : 'As it stands in permissions and in the audit trail.'
        }
        mono
        spellCheck={false}
        readOnly={nameStays}
        {...textOf('name')}
      />
      <TextField label="Description" {...textOf('description')} />
    </DialogForm>
  )
}
