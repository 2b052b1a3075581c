'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { ProblemNotice } from '#components/access/problem-notice'
import { Page, PageHeader } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Skeleton } from '#components/ui/skeleton'
import { showSuccess } from '#components/ui/toast'
import { connectionFormQuery, useCreateConnection, useTestDraft } from '#lib/client/connections'
import { NEW_PARAMS } from '#lib/domain/connections/params'
import { ConnectionFields } from './connection-fields'
import { type ConnectionForm, missingIn, trimmed } from './connection-form'
import { addressOf } from './connections-table'
import { issuesOf } from './field-issues'
import { TestPanel } from './test-panel'
import { TriedBucket } from './tried-bucket'

const FORM_ID = 'new-connection'

/** Makes an Amazon S3 connection; it can be tested before it is saved. */
export function NewConnectionPage() {
  const query = useQuery(connectionFormQuery())
  return (
    <AccessGate
      query={query}
      name="Add a connection"
      loading={
        <Page>
          <Skeleton label="Loading the form" />
        </Page>
      }
      back={{ href: '/launchpad/connections', label: 'Back to Connections' }}
    >
      {(facts, ended) => <NewConnection {...facts} ended={ended} />}
    </AccessGate>
  )
}

interface NewConnectionProps {
  externalId: string
  environmentAllowed: boolean
  ended: string | null
}

function NewConnection({ externalId, environmentAllowed, ended }: NewConnectionProps) {
  const router = useRouter()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [form, setForm] = useState<ConnectionForm>({ params: NEW_PARAMS, secret: '', freeBucket: false })
  const [bucket, setBucket] = useState('')
  const create = useCreateConnection()
  const test = useTestDraft()
  const issues = issuesOf(create.error ?? test.error)
  const input = { params: trimmed(form.params), ...(form.secret === '' ? {} : { secret: form.secret }) }
  const missing = ended ?? (name === '' ? 'Give it a name first.' : missingIn(form))
  const runTest = (write = false) => {
    create.reset()
    test.mutate({ ...input, write, ...(bucket === '' ? {} : { bucket }) })
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (missing || create.isPending) return
    test.reset()
    create.mutate(
      { name, description, ...input },
      {
        onSuccess: () => {
          showSuccess(`Added ${name}. Nobody may use it yet: choose who.`)
          router.push(addressOf(name, 'permissions'))
        },
      },
    )
  }
  return (
    <Page>
      <PageHeader
        title="Add a connection"
        description="Amazon S3 and every S3-compatible store. Nobody may use it until you say who."
        actions={
          <>
            <Button busy={test.isPending} disabledReason={ended ?? missingIn(form)} onClick={() => runTest()}>
              Test
            </Button>
            <Button
              variant="primary"
              type="submit"
              form={FORM_ID}
              busy={create.isPending}
              disabledReason={missing}
            >
              Save
            </Button>
          </>
        }
      />
      {!issues.all && <ProblemNotice error={create.error} />}
      <div className="cols even">
        <form id={FORM_ID} className="form" aria-label="New connection" onSubmit={save}>
          <FormRow
            label="Name"
            required
            error={issues.of('name')}
            hint="Letters, digits, _ - and . · it never changes."
          >
            <Input
              mono
              spellCheck={false}
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </FormRow>
          <FormRow label="Description">
            <Input
              value={description}
              maxLength={1000}
              onChange={(event) => setDescription(event.target.value)}
            />
          </FormRow>
          <ConnectionFields
            form={form}
            onChange={(change) => setForm((now) => ({ ...now, params: { ...now.params, ...change } }))}
            onSecretChange={(secret) => setForm((now) => ({ ...now, secret }))}
            onFreeBucketChange={(freeBucket) => setForm((now) => ({ ...now, freeBucket }))}
            issues={issues}
            stored={null}
            externalId={externalId}
            environmentAllowed={environmentAllowed}
            disabled={ended !== null}
          />
        </form>
        <div className="stack">
          {form.freeBucket && <TriedBucket value={bucket} onValueChange={setBucket} />}
          <TestPanel
            result={test.data ?? null}
            testing={test.isPending}
            place={form.params}
            onTryWrite={() => runTest(true)}
            problem={!issues.all && <ProblemNotice error={test.error} />}
          />
        </div>
      </div>
    </Page>
  )
}
