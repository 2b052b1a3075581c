'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { Combobox } from '#components/ui/combobox'
import { useDeferredSearch } from '#components/ui/deferred-search'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { showSuccess } from '#components/ui/toast'
import { projectPrincipalsQuery, useHandOverProject } from '#lib/client/projects'
import type { Project } from '#lib/domain/projects/wire'

interface HandOverDialogProps {
  project: Project
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Asks who shall own the project from now on. */
export function HandOverDialog({ project, open, onOpenChange }: HandOverDialogProps) {
  return (
    <Dialog
      narrow
      open={open}
      onOpenChange={onOpenChange}
      title={`Hand over ${project.name}`}
      description={`The new owner gets the admin permission. ${project.owner.name} stays the member that they are.`}
    >
      <HandOverForm project={project} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

interface Person {
  id: string
  label: string
  icon: 'user'
}

function HandOverForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const [person, setPerson] = useState<Person | null>(null)
  const [reason, setReason] = useState('')
  const { asked, isBehind, setSearch } = useDeferredSearch()
  const found = useQuery(projectPrincipalsQuery(project.key, asked))
  const handOver = useHandOverProject(project.key)
  const people = (found.data?.items ?? []).filter(
    ({ principal, id }) => principal === 'user' && id !== project.owner.id,
  )
  const submit = () => {
    if (!person) return
    const why = reason.trim()
    handOver.mutate(
      { version: project.version, userId: person.id, ...(why === '' ? {} : { reason: why }) },
      {
        onSuccess: () => {
          onClose()
          showSuccess(`${person.label} owns ${project.name} now.`)
        },
      },
    )
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="row">
        <Combobox<Person>
          label="New owner"
          searchLabel="Search people"
          items={people.map(({ id, name }) => ({ id, label: name, icon: 'user' }))}
          chosen={person ? [person] : []}
          onChosenChange={(chosen) => setPerson(chosen.at(-1) ?? null)}
          onQueryChange={setSearch}
          busy={found.isFetching || isBehind}
          empty={found.error ? found.error.message : 'Nobody of that name.'}
          chips
        />
      </div>
      <Field label="Reason" hint="Kept with the change; may be empty.">
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <ProblemNotice error={handOver.error} />
      <div className="row dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={handOver.isPending}
          disabledReason={person ? null : 'Choose the new owner first.'}
        >
          Hand over
        </Button>
      </div>
    </form>
  )
}
