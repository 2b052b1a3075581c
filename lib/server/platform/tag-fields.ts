import 'server-only'
import { createHash } from 'node:crypto'
import { SPELLED } from '#lib/domain/exact-json'
import type { FieldTags } from '#lib/domain/field-tags'

/**
 * Marks each field of a thing by a digest of its value, and of how its numbers are spelled, for telling later whether it was
 * changed meanwhile.
 */
export function tagFields({ [SPELLED]: spelled, ...fields }: Readonly<Record<string, unknown>>): FieldTags {
  const spellings = new Map(Object.entries(spelled ?? {}))
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, digest(value, spellings.get(field))]),
  )
}

function digest(value: unknown, spelling: unknown): string {
  const told = spelling === undefined ? sorted(value) : [sorted(value), sorted(spelling)]
  return createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 12)
}

/** With keys in one order: PostgreSQL and clients have their own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
