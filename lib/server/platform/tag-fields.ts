import 'server-only'
import { createHash } from 'node:crypto'
import type { FieldTags } from '#lib/domain/public-api/field-tags'

/** Marks each field of a thing by a digest of its JSON, for telling later whether it was changed meanwhile. */
export const tagFields = (fields: Readonly<Record<string, unknown>>): FieldTags =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [
        field,
        createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12),
      ]),
  )
