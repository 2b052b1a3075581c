'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Section } from '#components/layout/page'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { showSuccess } from '#components/ui/toast'
import { ApiError } from '#lib/client/api'
import { projectQuery, useSaveProjectMembers } from '#lib/client/projects'
import { formatQuantity } from '#lib/domain/format'
import type { Project, ProjectPrincipal } from '#lib/domain/projects/wire'
import { MemberRow } from './member-row'
import { PickMembers } from './pick-members'
import { ProjectHead } from './project-head'
import { ProjectKeys } from './project-keys'
import { ProjectOwner } from './project-owner'
import { type MemberLine, useMembersDraft } from './use-members-draft'

/** The list of members; `ended` says why it cannot be changed. */
export function MembersEditor({ project, ended }: { project: Project; ended: string | null }) {
  const client = useQueryClient()
  const draft = useMembersDraft(project)
  const save = useSaveProjectMembers(project.key)
  const [reason, setReason] = useState('')
  const { lines, changed, taken, isChanged } = draft
  const conflict = save.error instanceof ApiError && save.error.reason === 'changed-meanwhile'
  const choose = (next: readonly ProjectPrincipal[]) => {
    const fresh = next.filter((one) => !lines.some((line) => line.id === one.id))
    const gone = lines.find((line) => !next.some((one) => one.id === line.id))
    if (fresh.length > 0) draft.add(fresh)
    else if (gone) draft.takeOff(gone.id)
  }
  const submit = () =>
    save.mutate(
      {
        version: draft.version,
        members: lines.map(({ principal, id, level, until }) => ({ principal, id, level, until })),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      },
      {
        onSuccess: async () => {
          await client.refetchQueries({ queryKey: projectQuery(project.key).queryKey, exact: true })
          draft.discard()
          setReason('')
          showSuccess(`The members of ${project.name} were saved.`)
        },
      },
    )
  const discard = () => {
    save.reset()
    draft.discard()
    setReason('')
    void client.invalidateQueries({ queryKey: projectQuery(project.key).queryKey, exact: true })
  }
  return (
    <>
      <ProjectHead
        projectKey={project.key}
        tab="members"
        description={sayCount(lines)}
        actions={
          ended === null && (
            <>
              {isChanged && (
                <Button variant="ghost" onClick={discard}>
                  Discard
                </Button>
              )}
              <Button
                variant="primary"
                busy={save.isPending}
                disabledReason={isChanged ? null : 'Nothing was changed.'}
                onClick={submit}
              >
                Save
              </Button>
            </>
          )
        }
      />
      <section
        className="overflow-auto flex-1 bg-bg"
        aria-label="All members"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div className="stack-6 p-6 max-w-4xl max-md:p-4">
          {ended && <p className="small muted">{ended} The list can be read, not changed.</p>}
          {conflict ? (
            <Banner
              tone="warn"
              title="The members were changed while you edited them"
              actions={
                <Button small onClick={discard}>
                  Reload
                </Button>
              }
            >
              Nothing of yours was saved. Reload shows the list as it stands now.
            </Banner>
          ) : (
            <ProblemNotice error={save.error} />
          )}
          <Section title={project.name} note={<span className="mono">{project.key}</span>}>
            <div className="card">
              <ul className="grants">
                {lines.map((line) => (
                  <MemberRow
                    key={line.id}
                    line={line}
                    changed={changed.has(line.id)}
                    disabled={ended !== null}
                    onEdit={(change) => draft.edit(line.id, change)}
                    onTakeOff={() => draft.takeOff(line.id)}
                  />
                ))}
                {lines.length === 0 && (
                  <li className="small muted">Space administrators alone may open it.</li>
                )}
                {ended === null && (
                  <li>
                    <div className="add">
                      <PickMembers projectKey={project.key} chosen={lines} onChosenChange={choose} />
                    </div>
                  </li>
                )}
              </ul>
            </div>
            <p className="small muted pt-3">
              Read sees the Flow and reads datasets, where their connection does not ask for more. Write adds
              and changes datasets. Admin also decides who is a member. Space administrators can do all of it.
            </p>
          </Section>
          {isChanged && ended === null && (
            <form
              className="form"
              onSubmit={(event) => {
                event.preventDefault()
                submit()
              }}
            >
              <p role="status">{sayChanges(lines, changed, taken)}</p>
              <Field label="Reason" hint="Kept with the change; may be empty.">
                <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
              </Field>
            </form>
          )}
          <ProjectOwner project={project} />
          {ended === null && <ProjectKeys projectKey={project.key} />}
        </div>
      </section>
    </>
  )
}

/** People are counted through their groups: one in two groups counts twice. */
function sayCount(lines: readonly MemberLine[]): string {
  const groups = lines.filter((line) => line.principal === 'group')
  const behind = groups.reduce((sum, group) => sum + group.people, 0)
  const parts = [
    groups.length > 0 &&
      `${formatQuantity(groups.length, 'group')} with ${formatQuantity(behind, 'person', 'people')}`,
    lines.length > groups.length && formatQuantity(lines.length - groups.length, 'person', 'people'),
  ]
  return parts.filter(Boolean).join(', ') || 'Nobody'
}

function sayChanges(
  lines: readonly MemberLine[],
  changed: ReadonlySet<string>,
  taken: readonly MemberLine[],
): string {
  const names = (some: readonly MemberLine[]) => some.map((line) => line.name).join(', ')
  const set = lines.filter((line) => changed.has(line.id))
  const parts = [
    set.length > 0 && `gives or changes the permission of ${names(set)}`,
    taken.length > 0 && `takes it from ${names(taken)}`,
  ]
  return `Save ${parts.filter(Boolean).join(', and ')}.`
}
