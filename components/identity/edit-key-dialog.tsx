'use client'

import { Dialog } from '#components/ui/dialog'
import { showSuccess } from '#components/ui/toast'
import { useSaveKey } from '#lib/client/keys'
import { type ApiKey, globalKeyChange } from '#lib/domain/identity/wire'
import { useCheckedForm } from './checked-form'
import { DialogForm, TextField } from './dialog-form'
import { GroupChoice } from './group-choice'

interface EditKeyDialogProps {
  apiKey: ApiKey
  onClose: () => void
}

/** Label, description and groups of a global key; the key itself and its end stay. */
export function EditKeyDialog({ apiKey, onClose }: EditKeyDialogProps) {
  return (
    <Dialog
      narrow
      open
      onOpenChange={onClose}
      title={`Edit ${apiKey.label}`}
      description={
        apiKey.admin
          ? 'It may do what space administrators may do, as settled when it was made.'
          : 'What uses it has the rights of its groups from its next request on.'
      }
    >
      <EditKeyForm apiKey={apiKey} onClose={onClose} />
    </Dialog>
  )
}

function EditKeyForm({ apiKey, onClose }: EditKeyDialogProps) {
  const save = useSaveKey(apiKey.id)
  const { form, values, set, textOf, onSubmit, rest } = useCheckedForm({
    schema: globalKeyChange.required(),
    initial: {
      label: apiKey.label,
      description: apiKey.description,
      groupIds: apiKey.groups.map(({ id }) => id),
      fieldTags: apiKey.fieldTags,
    },
    error: save.error,
    send: (body) =>
      save.mutate(body, {
        onSuccess: () => {
          onClose()
          showSuccess(`${body.label} saved.`)
        },
      }),
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
      <TextField label="Label" {...textOf('label')} />
      <TextField label="Description" {...textOf('description')} />
      {!apiKey.admin && (
        <GroupChoice chosen={values.groupIds} onChosenChange={(groupIds) => set('groupIds', groupIds)} />
      )}
    </DialogForm>
  )
}
