import type { OwnParams } from '#lib/domain/connections/params'
import type { FieldIssues } from './field-issues'

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

/** Settings as they are sent: without empty lines among the prefixes. */
export const trimmed = (params: OwnParams): OwnParams => ({
  ...params,
  allowedPrefixes: params.allowedPrefixes.map((line) => line.trim()).filter((line) => line !== ''),
})
