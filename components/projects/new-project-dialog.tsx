'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCheckedForm } from '#components/identity/checked-form'
import { DialogForm } from '#components/identity/dialog-form'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useCreateProject } from '#lib/client/projects'
import { projectCreation } from '#lib/domain/projects/wire'

interface NewProjectDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function NewProjectDialog({ open, onOpenChange }: NewProjectDialogProps) {
  return (
    <Dialog
      narrow
      open={open}
      onOpenChange={onOpenChange}
      title="New project"
      description="You become its first admin. Others see it once you add them as members."
    >
      <NewProjectForm onCancel={() => onOpenChange(false)} />
    </Dialog>
  )
}

/** `"Instance audit"` suggests the key `INSTANCE_AUDIT`. */
const suggestKey = (name: string) =>
  name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[^A-Z]+|_+$/g, '')
    .slice(0, 40)

function NewProjectForm({ onCancel }: { onCancel: () => void }) {
  const router = useRouter()
  const create = useCreateProject()
  const [keyTouched, setKeyTouched] = useState(false)
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: projectCreation,
    initial: { name: '', key: '', description: '' },
    error: create.error,
    send: (body) => create.mutate(body, { onSuccess: ({ key }) => router.push(`/projects/${key}/flow`) }),
  })
  return (
    <DialogForm
      form={form}
      onSubmit={onSubmit}
      error={rest}
      label="Create project"
      busy={create.isPending}
      onCancel={onCancel}
    >
      <Field label="Project name" error={errorOf('name')}>
        <Input
          value={values.name}
          onChange={(event) => {
            set('name', event.target.value)
            if (!keyTouched) set('key', suggestKey(event.target.value))
          }}
        />
      </Field>
      <Field
        label="Project key"
        hint="Stands in addresses and ids, and never changes."
        error={errorOf('key')}
      >
        <Input
          mono
          value={values.key}
          onChange={(event) => {
            setKeyTouched(true)
            set('key', event.target.value.toUpperCase())
          }}
        />
      </Field>
    </DialogForm>
  )
}
