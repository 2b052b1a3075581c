'use client'

import type { OwnParams } from '#lib/domain/connections/params'
import { CredentialFields } from './credential-fields'
import type { FieldIssues } from './field-issues'
import { PlaceFields } from './place-fields'
import { WritingFields } from './writing-fields'

/** The settings as they stand in a form, with a secret that is typed but never read back. */
export interface ConnectionForm {
  params: OwnParams
  secret: string
  /** Each dataset names its bucket; else there is one, which may not be typed yet. */
  freeBucket: boolean
}

/** What keeps a form from being sent, before the server looks at it. */
export const missingIn = ({ params, freeBucket }: ConnectionForm): string | null =>
  !freeBucket && params.bucket.trim() === '' ? 'Name the bucket first.' : null

export interface FieldsProps {
  form: ConnectionForm
  onChange: (change: Partial<OwnParams>) => void
  onSecretChange: (secret: string) => void
  onFreeBucketChange: (freeBucket: boolean) => void
  issues: FieldIssues
  /** What is stored: null for a new connection. */
  stored: { params: OwnParams; secretSetAt: string | null; secretSet: boolean } | null
  externalId: string
  environmentAllowed: boolean
  disabled: boolean
}

/** All settings of a connection of one's own, in the order one needs them. */
export function ConnectionFields(props: FieldsProps) {
  return (
    <fieldset disabled={props.disabled} className="form">
      <CredentialFields {...props} />
      <PlaceFields {...props} />
      <WritingFields {...props} />
    </fieldset>
  )
}
