'use client'

import { FormGroup, FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Checkbox } from '#components/ui/option'
import { Select } from '#components/ui/select'
import type { OwnParams } from '#lib/domain/connections/params'
import type { FieldsProps } from './connection-form'

const ENCRYPTIONS = [
  { value: 'none', label: 'None' },
  { value: 'sse-s3', label: 'SSE-S3' },
  { value: 'sse-kms', label: 'SSE-KMS' },
] as const

export function WritingFields({ form: { params }, onChange, issues }: FieldsProps) {
  const { encryption } = params
  return (
    <>
      <FormRow label="Encryption" hint="Of what Launchpad writes.">
        <Select
          value={encryption.kind}
          choices={ENCRYPTIONS}
          onValueChange={(kind) => onChange({ encryption: { kind } })}
        />
      </FormRow>
      {encryption.kind === 'sse-kms' && (
        <FormRow label="KMS key" hint="Its id or ARN; empty for the account's own.">
          <Input
            mono
            spellCheck={false}
            value={encryption.keyId ?? ''}
            onChange={(event) => onChange({ encryption: kmsKey(event.target.value) })}
          />
        </FormRow>
      )}
      <FormGroup label="Writing">
        <div className="options">
          <Checkbox
            label="Allow write"
            checked={params.allowWrite}
            onCheckedChange={(allowWrite) =>
              onChange(allowWrite ? { allowWrite } : { allowWrite, allowManagedDatasets: false })
            }
          />
          <Checkbox
            label="Allow managed datasets"
            checked={params.allowManagedDatasets}
            disabled={!params.allowWrite}
            hint={params.allowWrite ? undefined : 'Needs Allow write.'}
            onCheckedChange={(allowManagedDatasets) => onChange({ allowManagedDatasets })}
          />
        </div>
      </FormGroup>
      {params.allowManagedDatasets && (
        <>
          <FormRow
            label="Default bucket"
            error={issues.of('params', 'defaultBucket')}
            hint="Where managed datasets are written unless they say otherwise."
          >
            <Input
              mono
              spellCheck={false}
              placeholder={params.bucket}
              value={params.defaultBucket}
              onChange={(event) => onChange({ defaultBucket: event.target.value })}
            />
          </FormRow>
          <FormRow label="Default path" error={issues.of('params', 'defaultPath')}>
            <Input
              mono
              spellCheck={false}
              value={params.defaultPath}
              onChange={(event) => onChange({ defaultPath: event.target.value })}
            />
          </FormRow>
        </>
      )}
    </>
  )
}

const kmsKey = (keyId: string): OwnParams['encryption'] =>
  keyId === '' ? { kind: 'sse-kms' } : { kind: 'sse-kms', keyId }
