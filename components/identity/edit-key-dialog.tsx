'use client'

import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { showSuccess } from '#components/ui/toast'
import { useSaveKey } from '#lib/client/keys'
import { type ApiKey, globalKeyChange } from '#lib/domain/identity/wire'
import { FormError, useCheckedForm } from './checked-form'
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
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: globalKeyChange.required(),
    initial: {
      label: apiKey.label,
      description: apiKey.description,
      groupIds: apiKey.groups.map(({ id }) => id),
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
    <form className="form" ref={form} onSubmit={onSubmit} noValidate>
      <Field label="Label" error={errorOf('label')}>
        <Input name="label" value={values.label} onChange={(event) => set('label', event.target.value)} />
      </Field>
      <Field label="Description" error={errorOf('description')}>
        <Input
          name="description"
          value={values.description}
          onChange={(event) => set('description', event.target.value)}
        />
      </Field>
      {!apiKey.admin && (
        <GroupChoice chosen={values.groupIds} onChosenChange={(groupIds) => set('groupIds', groupIds)} />
      )}
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
