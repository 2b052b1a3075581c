'use client'

import { useCheckedForm } from '#components/identity/checked-form'
import { DialogForm, TextField } from '#components/identity/dialog-form'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { useRegisterNode } from '#lib/client/nodes'
import { NODE_TYPES, type NodeType } from '#lib/domain/audit/vocabulary'
import { type NodeWithToken, newNode } from '#lib/domain/nodes/wire'

const CHOICES = NODE_TYPES.map((type) => ({ value: type, label: type }))

interface RegisterNodeDialogProps {
  onClose: () => void
  onRegistered: (registered: NodeWithToken) => void
}

export function RegisterNodeDialog({ onClose, onRegistered }: RegisterNodeDialogProps) {
  const register = useRegisterNode()
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: newNode,
    initial: { name: '', type: 'api' as NodeType },
    error: register.error,
    send: (body) => register.mutate(body, { onSuccess: onRegistered }),
  })
  return (
    <Dialog
      narrow
      open
      onOpenChange={(open) => !open && onClose()}
      title="Register a node"
      description="You get a token once it is registered. It is shown that one time."
    >
      <DialogForm
        form={form}
        onSubmit={onSubmit}
        error={rest}
        label="Register"
        busy={register.isPending}
        onCancel={onClose}
      >
        <TextField
          label="Node name"
          hint="As it calls itself, such as api-eu-1."
          error={errorOf('name')}
          mono
          value={values.name}
          onValueChange={(name) => set('name', name)}
        />
        <Field
          label="Node type"
          hint="Decides the folder its events are delivered to."
          error={errorOf('type')}
        >
          <Select mono value={values.type} onValueChange={(value) => set('type', value)} choices={CHOICES} />
        </Field>
      </DialogForm>
    </Dialog>
  )
}
