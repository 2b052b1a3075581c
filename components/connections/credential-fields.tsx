'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Joined } from '#components/ui/joined'
import { Select, type SelectChoice } from '#components/ui/select'
import { type CredentialMode, needsSecret, voidsSecret } from '#lib/domain/connections/params'
import { formatDay } from '#lib/domain/format'
import type { FieldsProps } from './connection-form'

export function CredentialFields(props: FieldsProps) {
  const { form, onChange, issues } = props
  const { params } = form
  return (
    <>
      <FormRow label="Credentials" error={issues.of('params', 'credentials')}>
        <Select
          value={params.credentials}
          choices={choices(props.environmentAllowed, params.credentials)}
          onValueChange={(credentials) => onChange({ credentials })}
        />
      </FormRow>
      {params.credentials === 'STS_ASSUME_ROLE' && <RoleFields {...props} />}
      {needsSecret(params) && (
        <FormRow
          label="Access key"
          error={issues.of('params', 'accessKeyId')}
          hint={
            params.credentials === 'STS_ASSUME_ROLE' ? 'Of the account that assumes the role.' : undefined
          }
        >
          <Input
            mono
            spellCheck={false}
            value={params.accessKeyId}
            onChange={(event) => onChange({ accessKeyId: event.target.value })}
          />
        </FormRow>
      )}
      {needsSecret(params) && <SecretField {...props} />}
    </>
  )
}

function choices(environmentAllowed: boolean, current: CredentialMode): SelectChoice<CredentialMode>[] {
  const all: SelectChoice<CredentialMode>[] = [
    { value: 'KEYPAIR', label: 'Access key and secret' },
    { value: 'STS_ASSUME_ROLE', label: 'Assume a role (STS)' },
  ]
  if (environmentAllowed || current === 'ENVIRONMENT')
    all.push({ value: 'ENVIRONMENT', label: "This server's own credentials" })
  return all
}

function RoleFields({ form, onChange, issues, externalId }: FieldsProps) {
  return (
    <>
      <FormRow label="Role ARN" error={issues.of('params', 'roleArn')}>
        <Input
          mono
          spellCheck={false}
          placeholder="arn:aws:iam::123456789012:role/NAME"
          value={form.params.roleArn}
          onChange={(event) => onChange({ roleArn: event.target.value })}
        />
      </FormRow>
      <FormRow
        label="External id"
        hint="Made by Launchpad for this space: put it into the trust policy of the role."
      >
        <Joined>
          <Input mono readOnly value={externalId} />
          <CopyButton value={externalId} label="Copy the external id" small={false} />
        </Joined>
      </FormRow>
    </>
  )
}

/** A secret is written, never read: of a stored one the form knows only when it was set. */
function SecretField({ form, onSecretChange, issues, stored }: FieldsProps) {
  const [replacing, setReplacing] = useState(false)
  const voided = stored?.secretSet === true && voidsSecret(stored.params, form.params)
  const kept = stored?.secretSet === true && !voided && !replacing
  if (kept) {
    const since = stored.secretSetAt ? formatDay(new Date(stored.secretSetAt), new Date()) : 'an earlier day'
    return (
      <FormRow label="Secret">
        <Joined>
          <Input mono readOnly value={`Set on ${since}, never shown`} />
          <Button onClick={() => setReplacing(true)}>Replace</Button>
        </Joined>
      </FormRow>
    )
  }
  const hint = voided
    ? 'The stored secret was given for another endpoint, role or account. Enter the one that belongs to this.'
    : 'Kept encrypted, never shown again.'
  return (
    <FormRow label="Secret" hint={hint} error={issues.of('secret')}>
      <Input
        mono
        type="password"
        autoComplete="new-password"
        value={form.secret}
        onChange={(event) => onSecretChange(event.target.value)}
      />
    </FormRow>
  )
}
