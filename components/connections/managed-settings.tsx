'use client'

import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { showSuccess } from '#components/ui/toast'
import { useSaveConnection, useTestConnection } from '#lib/client/connections'
import type { ConnectionDetails } from '#lib/domain/connections/wire'
import { HeadActions } from './head-actions'
import type { SettingsProps } from './own-settings'
import { TestPanel } from './test-panel'

const FORM_ID = 'connection-settings'

type PlatformDetails = Extract<ConnectionDetails, { store: 'platform' }>

/** A managed connection: the description can be changed, the rest is set by its extension. */
export function ManagedSettings({ connection, details, ended }: SettingsProps<PlatformDetails>) {
  const [description, setDescription] = useState(connection.description)
  const save = useSaveConnection(connection.name)
  const test = useTestConnection(connection.name)
  const dirty = description !== connection.description
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ended || !dirty || save.isPending) return
    save.mutate(
      { version: connection.version, description },
      { onSuccess: () => showSuccess(`Saved ${connection.name}`) },
    )
  }
  const setBy = `Set by extension ${connection.managedBy?.label ?? ''}`
  const fixed: [label: string, value: string][] = [
    ['Credentials', "Platform's own, read only"],
    ['Endpoint', details.endpoint || 'Amazon Web Services'],
    ['Region', details.region],
    ['Bucket', details.bucket],
    ['Path in bucket', details.root],
    ['Allowed prefixes', details.allowedPrefixes.join(', ')],
  ]
  return (
    <>
      <HeadActions>
        <Button busy={test.isPending} disabledReason={ended} onClick={() => test.mutate({})}>
          Test
        </Button>
        <Button
          variant="primary"
          type="submit"
          form={FORM_ID}
          busy={save.isPending}
          disabledReason={ended ?? (dirty ? null : 'Nothing has changed.')}
        >
          Save
        </Button>
      </HeadActions>
      <ProblemNotice error={save.error} />
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
          {fixed.map(([label, value], index) => (
            <FormRow
              key={label}
              label={label}
              hint={index === 0 ? `${setBy}, as everything below.` : undefined}
            >
              <Input mono readOnly value={value} title={setBy} />
            </FormRow>
          ))}
        </form>
        <TestPanel
          result={test.data ?? connection.lastTest}
          testing={test.isPending}
          place={null}
          problem={<ProblemNotice error={test.error} />}
        />
      </div>
    </>
  )
}
