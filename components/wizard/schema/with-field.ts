import type { SchemaColumn } from '#lib/domain/datasets/definition'

/** A column with another value of a field, or without it. */
export function withField<Name extends 'meaning' | 'maxLength' | 'comment'>(
  column: SchemaColumn,
  name: Name,
  value: SchemaColumn[Name] | undefined,
): SchemaColumn {
  const next = { ...column }
  if (value === undefined) delete next[name]
  else next[name] = value
  return next
}
