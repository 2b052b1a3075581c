import type { SchemaColumn } from './definition'

/**
 * Gives for each column of a schema its place among the columns that a file gives, -1 for those it does not have. A renamed
 * column is found by its `source`.
 * @example pickColumns([{ name: 'who', source: 'user', type: 'string' }], [{ name: 'user' }]) // [0]
 */
export function pickColumns(
  schema: readonly SchemaColumn[],
  found: readonly { readonly name: string }[],
): number[] {
  const places = new Map(found.map(({ name }, place) => [name, place]))
  return schema.map(({ name, source }) => places.get(source ?? name) ?? -1)
}
