'use client'

import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { ProblemNotice } from '#components/access/problem-notice'
import { Page, PageHeader } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Skeleton } from '#components/ui/skeleton'
import { connectionFormQuery } from '#lib/client/connections'
import { ConnectionFields } from './connection-fields'
import { TestPanel } from './test-panel'
import { TriedBucket } from './tried-bucket'
import { type NewConnection, useNewConnection } from './use-new-connection'

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
      {(facts, ended) => <NewConnectionForm {...facts} ended={ended} />}
    </AccessGate>
  )
}

interface FormProps {
  externalId: string
  environmentAllowed: boolean
  /** Why nothing can be changed. */
  ended: string | null
}

function NewConnectionForm({ ended, ...facts }: FormProps) {
  const connection = useNewConnection()
  const { issues, create, test } = connection
  return (
    <Page>
      <PageHeader
        title="Add a connection"
        description="Amazon S3 and every S3-compatible store. Nobody may use it until you say who."
        actions={<HeadActions connection={connection} ended={ended} />}
      />
      {!issues.all && <ProblemNotice error={create.error} />}
      <div className="cols even">
        <Fields connection={connection} ended={ended} {...facts} />
        <div className="stack">
          {connection.form.freeBucket && (
            <TriedBucket value={connection.bucket} onValueChange={connection.setBucket} />
          )}
          <TestPanel
            result={test.data ?? null}
            testing={test.isPending}
            place={connection.form.params}
            onTryWrite={() => connection.runTest(true)}
            problem={!issues.all && <ProblemNotice error={test.error} />}
          />
        </div>
      </div>
    </Page>
  )
}

interface PartProps {
  connection: NewConnection
  ended: string | null
}

function HeadActions({ connection, ended }: PartProps) {
  const { test, create, untestable, missing, runTest } = connection
  return (
    <>
      <Button busy={test.isPending} disabledReason={ended ?? untestable} onClick={() => runTest()}>
        Test
      </Button>
      <Button
        variant="primary"
        type="submit"
        form={FORM_ID}
        busy={create.isPending}
        disabledReason={ended ?? missing}
      >
        Save
      </Button>
    </>
  )
}

function Fields({ connection, ended, ...facts }: PartProps & Omit<FormProps, 'ended'>) {
  const { name, setName, description, setDescription, form, issues, change, changeParams } = connection
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ended && !connection.missing && !connection.create.isPending) connection.save()
  }
  return (
    <form id={FORM_ID} className="form" aria-label="New connection" onSubmit={submit}>
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
        onChange={changeParams}
        onSecretChange={(secret) => change({ secret })}
        onFreeBucketChange={(freeBucket) => change({ freeBucket })}
        issues={issues}
        stored={null}
        disabled={ended !== null}
        {...facts}
      />
    </form>
  )
}
