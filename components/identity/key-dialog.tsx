'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Checkbox } from '#components/ui/option'
import { Select } from '#components/ui/select'
import { Time } from '#components/ui/time'
import { useCreateGlobalKey, useCreatePersonalKey, useCreateProjectKey } from '#lib/client/keys'
import { sessionQuery } from '#lib/client/session'
import { SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import { globalKeyInput, type NewApiKey } from '#lib/domain/identity/wire'
import type { ProjectLevel } from '#lib/domain/projects/policy'
import { useCheckedForm } from './checked-form'
import { CurlExample } from './curl-example'
import { DialogForm, TextField } from './dialog-form'
import { GroupChoice } from './group-choice'
import { ShownOnce } from './shown-once'

interface KeyDialogProps {
  kind: 'personal' | 'global' | 'project'
  /** Of a project key: which project it opens. */
  projectKey?: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

const WORDS = {
  personal: { title: 'Create a personal API key', about: 'It may do what you may do, at each moment.' },
  global: { title: 'Create a global API key', about: 'It belongs to nobody and has rights of its own.' },
  project: { title: 'Create a project API key', about: 'It opens this project and nothing else.' },
} as const

/** Makes an API key and shows it once. */
export function KeyDialog({ kind, projectKey = '', open, onOpenChange }: KeyDialogProps) {
  const { title, about } = WORDS[kind]
  return (
    <Dialog narrow open={open} onOpenChange={onOpenChange} title={title} description={about}>
      <KeyForm kind={kind} projectKey={projectKey} onDone={() => onOpenChange(false)} />
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

const LEVELS: { value: ProjectLevel; label: string }[] = [
  { value: 'read', label: 'Read' },
  { value: 'write', label: 'Write' },
  { value: 'admin', label: 'Admin' },
]

interface KeyFormProps {
  kind: KeyDialogProps['kind']
  projectKey: string
  onDone: () => void
}

function KeyForm({ kind, projectKey, onDone }: KeyFormProps) {
  const createPersonal = useCreatePersonalKey()
  const createGlobal = useCreateGlobalKey()
  const createProject = useCreateProjectKey(projectKey)
  const create = { personal: createPersonal, global: createGlobal, project: createProject }[kind]
  const [life, setLife] = useState<Life>('90')
  const [level, setLevel] = useState<ProjectLevel>('read')
  const { form, values, set, textOf, onSubmit, rest } = useCheckedForm({
    schema: globalKeyInput.omit({ expiresAt: true }),
    initial: { label: '', description: '', admin: false, groupIds: [] as string[] },
    error: create.error,
    send: ({ label, description, ...rights }) => {
      const fields = { label, description, expiresAt: endOf(life) }
      if (kind === 'global') createGlobal.mutate({ ...fields, ...rights })
      else if (kind === 'project') createProject.mutate({ ...fields, level, groupIds: rights.groupIds ?? [] })
      else createPersonal.mutate(fields)
    },
  })
  if (create.data) return <MadeKey made={create.data} onDone={onDone} />
  return (
    <DialogForm
      form={form}
      onSubmit={onSubmit}
      error={rest}
      label="Create"
      busy={create.isPending}
      onCancel={onDone}
    >
      <TextField label="Label" {...textOf('label')} />
      <TextField label="Description" {...textOf('description')} />
      <Field label="Ends after">
        <Select value={life} onValueChange={setLife} choices={LIVES} />
      </Field>
      {kind === 'project' && (
        <>
          <Field label="Permission">
            <Select value={level} onValueChange={setLevel} choices={LEVELS} />
          </Field>
          <LentGroups
            chosen={values.groupIds ?? []}
            onChosenChange={(groupIds) => set('groupIds', groupIds)}
          />
        </>
      )}
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
    </DialogForm>
  )
}

/** The groups whose connections a project's key may use: one's own, and any of an administrator. */
function LentGroups(chosen: Pick<Parameters<typeof GroupChoice>[0], 'chosen' | 'onChosenChange'>) {
  const { data: session } = useQuery(sessionQuery())
  const own = session?.groups ?? []
  return (
    <GroupChoice
      {...chosen}
      {...(own.includes(SPACE_ADMINISTRATORS) ? {} : { among: own })}
      hint="Making and changing datasets needs a connection. The key may use those open to everyone, and those shared with these groups."
    />
  )
}

function MadeKey({ made, onDone }: { made: NewApiKey; onDone: () => void }) {
  return (
    <ShownOnce
      label="API key"
      value={made.secret}
      onDone={onDone}
      example={<CurlExample apiKey={made.secret} />}
    >
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
