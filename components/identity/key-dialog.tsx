'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Checkbox } from '#components/ui/option'
import { Select } from '#components/ui/select'
import { Time } from '#components/ui/time'
import { useCreateGlobalKey, useCreatePersonalKey } from '#lib/client/keys'
import { globalKeyInput, type NewApiKey } from '#lib/domain/identity/wire'
import { FormError, useCheckedForm } from './checked-form'
import { GroupChoice } from './group-choice'
import { ShownOnce } from './shown-once'

interface KeyDialogProps {
  kind: 'personal' | 'global'
  open: boolean
  onOpenChange: (open: boolean) => void
}

const WORDS = {
  personal: { title: 'Create a personal API key', about: 'It may do what you may do, at each moment.' },
  global: { title: 'Create a global API key', about: 'It belongs to nobody and has rights of its own.' },
} as const

/** Makes an API key and shows it once. */
export function KeyDialog({ kind, open, onOpenChange }: KeyDialogProps) {
  const { title, about } = WORDS[kind]
  return (
    <Dialog narrow open={open} onOpenChange={onOpenChange} title={title} description={about}>
      <KeyForm kind={kind} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

const DAY_MS = 86_400_000
const LIVES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: '', label: 'No end' },
] as const
type Life = (typeof LIVES)[number]['value']

const endOf = (days: Life) => (days ? new Date(Date.now() + Number(days) * DAY_MS).toISOString() : null)

function KeyForm({ kind, onDone }: { kind: KeyDialogProps['kind']; onDone: () => void }) {
  const createPersonal = useCreatePersonalKey()
  const createGlobal = useCreateGlobalKey()
  const create = kind === 'global' ? createGlobal : createPersonal
  const [life, setLife] = useState<Life>('90')
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: globalKeyInput.omit({ expiresAt: true }),
    initial: { label: '', description: '', admin: false, groupIds: [] as string[] },
    error: create.error,
    send: ({ label, description, ...rights }) => {
      const fields = { label, description, expiresAt: endOf(life) }
      if (kind === 'global') createGlobal.mutate({ ...fields, ...rights })
      else createPersonal.mutate(fields)
    },
  })
  if (create.data) return <MadeKey made={create.data} onDone={onDone} />
  return (
    <form className="form" ref={form} onSubmit={onSubmit} noValidate>
      <Field label="Label" error={errorOf('label')}>
        <Input name="label" value={values.label} onChange={(event) => set('label', event.target.value)} />
      </Field>
      <Field label="Description" error={errorOf('description')}>
        <Input
          name="description"
          value={values.description ?? ''}
          onChange={(event) => set('description', event.target.value)}
        />
      </Field>
      <Field label="Ends after">
        <Select value={life} onValueChange={setLife} choices={LIVES} />
      </Field>
      {kind === 'global' && (
        <>
          <Checkbox
            label="May do what space administrators may do"
            checked={values.admin ?? false}
            onCheckedChange={(admin) => set('admin', admin)}
          />
          {!values.admin && (
            <GroupChoice
              chosen={values.groupIds ?? []}
              onChosenChange={(groupIds) => set('groupIds', groupIds)}
            />
          )}
        </>
      )}
      <FormError error={rest} />
      <div className="row dialog-actions">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          Create
        </Button>
      </div>
    </form>
  )
}

function MadeKey({ made, onDone }: { made: NewApiKey; onDone: () => void }) {
  return (
    <ShownOnce label="API key" value={made.secret} onDone={onDone}>
      Launchpad keeps only a hash of it.{' '}
      {made.expiresAt ? (
        <>
          It ends <Time at={made.expiresAt} as="exact" />.
        </>
      ) : (
        'It works until it is revoked.'
      )}
    </ShownOnce>
  )
}
