'use client'

import { useState } from 'react'
import { FormGroup, FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Checkbox } from '#components/ui/option'
import { Select } from '#components/ui/select'
import { Textarea } from '#components/ui/textarea'
import type { FieldsProps } from './connection-form'

const STORES = [
  { value: 'aws', label: 'Amazon Web Services' },
  { value: 'other', label: 'Another S3-compatible store' },
] as const

const BUCKETS = [
  { value: 'one', label: 'One bucket' },
  { value: 'free', label: 'Free selection: each dataset names its bucket' },
] as const

export function PlaceFields(props: FieldsProps) {
  return (
    <>
      <StoreFields {...props} />
      <BucketFields {...props} />
    </>
  )
}

function StoreFields({ form: { params }, onChange, issues }: FieldsProps) {
  const [store, setStore] = useState<'aws' | 'other'>(params.endpoint === '' ? 'aws' : 'other')
  const choose = (next: 'aws' | 'other') => {
    setStore(next)
    onChange(
      next === 'aws'
        ? { endpoint: '', pathStyle: false, checksumMode: 'WHEN_SUPPORTED' }
        : { pathStyle: true, checksumMode: 'WHEN_REQUIRED' },
    )
  }
  return (
    <>
      <FormRow label="Store">
        <Select value={store} choices={STORES} onValueChange={choose} />
      </FormRow>
      {store === 'other' && (
        <FormRow
          label="Endpoint"
          error={issues.of('params', 'endpoint')}
          hint="Host and port, without a path. Private networks only where the operator lists them."
        >
          <Input
            mono
            spellCheck={false}
            placeholder="https://s3.example.com"
            value={params.endpoint}
            onChange={(event) => onChange({ endpoint: event.target.value })}
          />
        </FormRow>
      )}
      <FormRow label="Region" error={issues.of('params', 'region')}>
        <Input
          mono
          spellCheck={false}
          value={params.region}
          onChange={(event) => onChange({ region: event.target.value })}
        />
      </FormRow>
      <FormGroup label="Addressing">
        <Checkbox
          label="Path-style addresses"
          hint="The bucket stands in the path, not in the host name. Most stores other than AWS want it."
          checked={params.pathStyle}
          onCheckedChange={(pathStyle) => onChange({ pathStyle })}
        />
      </FormGroup>
      <FormRow label="Checksums">
        <Select
          value={params.checksumMode}
          choices={[
            { value: 'WHEN_SUPPORTED', label: 'Send whenever supported' },
            { value: 'WHEN_REQUIRED', label: 'Send only where required' },
          ]}
          onValueChange={(checksumMode) => onChange({ checksumMode })}
        />
      </FormRow>
    </>
  )
}

function BucketFields({ form, onChange, onFreeBucketChange, issues }: FieldsProps) {
  const { params, freeBucket } = form
  const choose = (next: 'one' | 'free') => {
    onFreeBucketChange(next === 'free')
    if (next === 'free') onChange({ bucket: '', root: '/' })
  }
  return (
    <>
      <FormRow label="Bucket selection">
        <Select value={freeBucket ? 'free' : 'one'} choices={BUCKETS} onValueChange={choose} />
      </FormRow>
      {!freeBucket && (
        <>
          <FormRow label="Bucket" error={issues.of('params', 'bucket')}>
            <Input
              mono
              spellCheck={false}
              value={params.bucket}
              onChange={(event) => onChange({ bucket: event.target.value })}
            />
          </FormRow>
          <FormRow
            label="Path in bucket"
            error={issues.of('params', 'root')}
            hint="The root: nothing above it is ever reached."
          >
            <Input
              mono
              spellCheck={false}
              value={params.root}
              onChange={(event) => onChange({ root: event.target.value })}
            />
          </FormRow>
        </>
      )}
      <FormRow
        label="Allowed prefixes"
        error={issues.of('params', 'allowedPrefixes')}
        hint="Paths below the root, one a line. None opens all of it."
      >
        <Textarea
          mono
          rows={3}
          spellCheck={false}
          placeholder="/audit-logs/"
          value={params.allowedPrefixes.join('\n')}
          onChange={(event) => onChange({ allowedPrefixes: linesOf(event.target.value) })}
        />
      </FormRow>
    </>
  )
}

/** Keeps the line one is about to begin; empty lines are dropped when it is saved. */
const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'))
