'use client'

import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Section } from '#components/layout/page'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import type { Project } from '#lib/domain/projects/wire'
import { MemberRow } from './member-row'
import { sayAlwaysAdmin, sayChanges, sayMembers } from './members-words'
import { PickMembers } from './pick-members'
import { ProjectHead } from './project-head'
import { ProjectKeys } from './project-keys'
import { ProjectOwner } from './project-owner'
import { type MembersEditing, useMembersEditing } from './use-members-editing'

/** The list of members; `ended` says why it cannot be changed. */
export function MembersEditor({ project, ended }: { project: Project; ended: string | null }) {
  const editing = useMembersEditing(project)
  const { draft } = editing
  const readOnly = ended !== null
  return (
    <>
      <ProjectHead
        projectKey={project.key}
        tab="members"
        description={sayMembers(draft.lines)}
        actions={!readOnly && <HeadActions editing={editing} />}
      />
      <ScrollingArea>
        {ended && <p className="small muted">{ended} The list can be read, not changed.</p>}
        {editing.conflict ? (
          <ChangedMeanwhile onReload={editing.discard} />
        ) : (
          <ProblemNotice error={editing.error} />
        )}
        <Section title={project.name} note={<span className="mono">{project.key}</span>}>
          <MemberList project={project} editing={editing} readOnly={readOnly} />
          <p className="small muted pt-3">
            Read sees the Flow and reads datasets, where their connection does not ask for more. Write adds
            and changes datasets. Admin also decides who is a member. {sayAlwaysAdmin(project.owner)} can do
            all of it.
          </p>
        </Section>
        {draft.isChanged && !readOnly && <ChangesForm editing={editing} />}
        <ProjectOwner project={project} />
        {!readOnly && <ProjectKeys projectKey={project.key} />}
      </ScrollingArea>
    </>
  )
}

function HeadActions({ editing }: { editing: MembersEditing }) {
  const { isChanged } = editing.draft
  return (
    <>
      {isChanged && (
        <Button variant="ghost" onClick={editing.discard}>
          Discard
        </Button>
      )}
      <Button
        variant="primary"
        busy={editing.saving}
        disabledReason={isChanged ? null : 'Nothing was changed.'}
        onClick={editing.submit}
      >
        Save
      </Button>
    </>
  )
}

function ScrollingArea({ children }: { children: ReactNode }) {
  return (
    <section
      className="overflow-auto flex-1 bg-bg"
      aria-label="All members"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <div className="stack-6 p-6 max-w-4xl max-md:p-4">{children}</div>
    </section>
  )
}

function ChangedMeanwhile({ onReload }: { onReload: () => void }) {
  return (
    <Banner
      tone="warn"
      title="The members were changed while you edited them"
      actions={
        <Button small onClick={onReload}>
          Reload
        </Button>
      }
    >
      Nothing of yours was saved. Reload shows the list as it stands now.
    </Banner>
  )
}

interface MemberListProps {
  project: Project
  editing: MembersEditing
  readOnly: boolean
}

function MemberList({ project, editing, readOnly }: MemberListProps) {
  const { lines, changed, edit, takeOff } = editing.draft
  return (
    <div className="card">
      <ul className="grants">
        {lines.map((line) => (
          <MemberRow
            key={line.id}
            line={line}
            changed={changed.has(line.id)}
            disabled={readOnly}
            onEdit={(change) => edit(line.id, change)}
            onTakeOff={() => takeOff(line.id)}
          />
        ))}
        {lines.length === 0 && (
          <li className="small muted">{sayAlwaysAdmin(project.owner)} alone may open it.</li>
        )}
        {!readOnly && (
          <li>
            <div className="add">
              <PickMembers projectKey={project.key} chosen={lines} onChosenChange={editing.choose} />
            </div>
          </li>
        )}
      </ul>
    </div>
  )
}

function ChangesForm({ editing }: { editing: MembersEditing }) {
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        editing.submit()
      }}
    >
      <p role="status">{sayChanges(editing.draft)}</p>
      <Field label="Reason" hint="Kept with the change; may be empty.">
        <Input
          value={editing.reason}
          maxLength={500}
          onChange={(event) => editing.setReason(event.target.value)}
        />
      </Field>
    </form>
  )
}
