'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { ProblemNotice } from '#components/access/problem-notice'
import { Skeleton } from '#components/ui/skeleton'
import { showSuccess } from '#components/ui/toast'
import { ApiError } from '#lib/client/api'
import { dependentsQuery, permissionsQuery, useSavePermissions } from '#lib/client/connections'
import type { PermissionEffects } from '#lib/domain/connections/effects'
import { nameSaved } from '#lib/domain/connections/say-effects'
import {
  type PermissionsConflict as Conflict,
  type ConnectionDetail,
  type ConnectionPermissions as Permissions,
  permissionsConflict,
} from '#lib/domain/connections/wire'
import { ConnectionFrame } from './connection-frame'
import { PermissionsConflict } from './permissions-conflict'
import { PermissionsDiff } from './permissions-diff'
import { PermissionsForm } from './permissions-form'
import { PermissionsHistory } from './permissions-history'
import { usePermissionsDraft } from './use-permissions-draft'

export function ConnectionPermissions({ name }: { name: string }) {
  return (
    <ConnectionFrame name={name} tab="permissions">
      {(connection, ended) => <Loaded connection={connection} ended={ended} />}
    </ConnectionFrame>
  )
}

function Loaded({ connection, ended }: { connection: ConnectionDetail; ended: string | null }) {
  const query = useQuery(permissionsQuery(connection.name))
  return (
    <AccessGate
      query={query}
      name={`the permissions of ${connection.name}`}
      loading={<Skeleton label="Loading permissions" />}
      back={{ href: '/launchpad/connections', label: 'Back to Connections' }}
    >
      {(read, lost) => <Editor connection={connection} read={read} ended={ended ?? lost ?? readOnly(read)} />}
    </AccessGate>
  )
}

const readOnly = (read: Permissions) => (read.canEdit ? null : 'You need to be a space administrator.')

interface EditorProps {
  connection: ConnectionDetail
  read: Permissions
  ended: string | null
}

function Editor({ connection, read, ended }: EditorProps) {
  const { name } = connection
  const draft = usePermissionsDraft(read)
  const save = useSavePermissions(name)
  const dependents = useQuery(dependentsQuery(name))
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const onError = (error: Error) => setConflict(conflictOf(error))
  const undo = (saved: Permissions, before: Permissions['state']) =>
    save.mutate(
      { base: saved.state, state: before, reason: 'Undone' },
      { onSuccess: () => showSuccess(<Named text="Undone:" name={name} />), onError },
    )
  const submit = (effects: PermissionEffects, reason: string) => {
    const { base, state } = draft
    save.mutate(
      { base, state, ...(reason === '' ? {} : { reason }) },
      {
        onError,
        onSuccess: (saved) => {
          draft.discard()
          showSuccess(<Named text={nameSaved(effects)} name={name} />, { onUndo: () => undo(saved, base) })
        },
      },
    )
  }
  return (
    <>
      {conflict ? (
        <PermissionsConflict
          conflict={conflict}
          onKeepTheirs={() => {
            setConflict(null)
            draft.discard()
            save.reset()
          }}
          onTakeYours={() => {
            setConflict(null)
            draft.restart(conflict.theirs, conflict.yours, conflict.principals)
            save.reset()
          }}
        />
      ) : (
        <ProblemNotice error={save.error} />
      )}
      <div className="cols">
        <div className="stack-8">
          <PermissionsForm
            draft={draft}
            managed={connection.managedBy !== null}
            dependents={dependents.data}
            disabled={ended !== null}
          />
          <PermissionsHistory name={name} draft={draft} disabled={ended} />
        </div>
        <PermissionsDiff name={name} draft={draft} saving={save.isPending} ended={ended} onSave={submit} />
      </div>
    </>
  )
}

function Named({ text, name }: { text: string; name: string }) {
  return (
    <>
      {text} <span className="mono">{name}</span>
    </>
  )
}

function conflictOf(error: Error): Conflict | null {
  if (!(error instanceof ApiError) || error.reason !== 'changed-meanwhile') return null
  const facts = permissionsConflict.safeParse(error.problem.details.facts)
  return facts.success ? facts.data : null
}
