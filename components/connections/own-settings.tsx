'use client'

import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { showSuccess } from '#components/ui/toast'
import { useSaveConnection, useTestConnection } from '#lib/client/connections'
import { type OwnParams, ownParams } from '#lib/domain/connections/params'
import type { ConnectionDetail, ConnectionDetails } from '#lib/domain/connections/wire'
import { ConnectionFields } from './connection-fields'
import { type ConnectionForm, missingIn, trimmed } from './connection-form'
import { issuesOf } from './field-issues'
import { HeadActions } from './head-actions'
import { TestPanel } from './test-panel'
import { TriedBucket } from './tried-bucket'

const FORM_ID = 'connection-settings'

export interface SettingsProps<D> {
  connection: ConnectionDetail
  details: D
  /** Why nothing can be saved. */
  ended: string | null
}

type OwnDetails = Extract<ConnectionDetails, { store: 'own' }>

/** The settings of a connection of one's own, with its test beside them. */
export function OwnSettings({ connection, details, ended }: SettingsProps<OwnDetails>) {
  const stored: OwnParams = ownParams.parse(details)
  const [description, setDescription] = useState(connection.description)
  const [form, setForm] = useState<ConnectionForm>({
    params: stored,
    secret: '',
    freeBucket: stored.bucket === '',
  })
  const [bucket, setBucket] = useState('')
  const save = useSaveConnection(connection.name)
  const test = useTestConnection(connection.name)
  const params = trimmed(form.params)
  const secret = form.secret === '' ? {} : { secret: form.secret }
  const differs = form.secret !== '' || JSON.stringify(params) !== JSON.stringify(stored)
  const dirty = differs || description !== connection.description
  const issues = issuesOf(save.error ?? test.error)
  const missing = ended ?? (dirty ? missingIn(form) : 'Nothing has changed.')
  const runTest = (write = false) => {
    save.reset()
    test.mutate({
      write,
      ...(differs ? { draft: { params, ...secret } } : {}),
      ...(bucket === '' ? {} : { bucket }),
    })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing || save.isPending) return
    test.reset()
    save.mutate(
      { version: connection.version, description, params, ...secret },
      { onSuccess: ({ secretVoided }) => showSuccess(savedText(connection.name, secretVoided)) },
    )
  }
  return (
    <>
      <HeadActions>
        <Button busy={test.isPending} disabledReason={ended ?? missingIn(form)} onClick={() => runTest()}>
          Test
        </Button>
        <Button variant="primary" type="submit" form={FORM_ID} busy={save.isPending} disabledReason={missing}>
          Save
        </Button>
      </HeadActions>
      {!issues.all && <ProblemNotice error={save.error} />}
      <div className="cols even">
        <form id={FORM_ID} className="form" aria-label="Settings" onSubmit={submit}>
          <FormRow label="Description">
            <Input
              value={description}
              maxLength={1000}
              disabled={ended !== null}
              onChange={(event) => setDescription(event.target.value)}
            />
          </FormRow>
          <ConnectionFields
            form={form}
            onChange={(change) => setForm((now) => ({ ...now, params: { ...now.params, ...change } }))}
            onSecretChange={(next) => setForm((now) => ({ ...now, secret: next }))}
            onFreeBucketChange={(freeBucket) => setForm((now) => ({ ...now, freeBucket }))}
            issues={issues}
            stored={{ params: stored, secretSet: details.secretSet, secretSetAt: details.secretSetAt }}
            externalId={details.externalId}
            environmentAllowed={connection.environmentAllowed}
            disabled={ended !== null}
          />
        </form>
        <div className="stack">
          {form.freeBucket && <TriedBucket value={bucket} onValueChange={setBucket} />}
          <TestPanel
            result={test.data ?? connection.lastTest}
            testing={test.isPending}
            place={form.params}
            onTryWrite={ended ? undefined : () => runTest(true)}
            problem={!issues.all && <ProblemNotice error={test.error} />}
          />
        </div>
      </div>
    </>
  )
}

const savedText = (name: string, secretVoided: boolean) =>
  secretVoided ? `Saved ${name}. Its secret is void: enter the one that belongs to it.` : `Saved ${name}`
