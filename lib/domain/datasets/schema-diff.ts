import { MOST_COLUMNS, MOST_NAME_CHARS, MOST_SOURCE_CHARS, type SchemaColumn } from './definition'

/** A column that files have, with the type that is to be its own. */
export interface WantedColumn {
  name: string
  type: string
}

/** What is to change in a schema; nothing changes before it is applied. */
export interface SchemaDiff {
  added: SchemaColumn[]
  /** Places of columns that the files do not have. */
  removed: number[]
  retyped: { index: number; from: string; to: string }[]
}

/** Tells whether a comparison found nothing to change. */
export const isSameSchema = ({ added, removed, retyped }: SchemaDiff): boolean =>
  added.length + removed.length + retyped.length === 0

/** The name that a column has in the files. */
export const sourceOf = ({ name, source }: SchemaColumn): string => source ?? name

/**
 * Compares a schema with the columns that files have. What a person set stays as it is: names, meanings, comments, order,
 * and the type where the files declare none, since a text can hold any of them.
 */
export function diffFound(columns: readonly SchemaColumn[], found: readonly WantedColumn[]): SchemaDiff {
  const types = new Map(found.map(({ name, type }) => [name, type]))
  const known = new Set(columns.map(sourceOf))
  return {
    added: nameFreely(
      columns,
      [...types].flatMap(([name, type]) => (known.has(name) ? [] : [{ name, type }])),
    ),
    removed: columns.flatMap((column, index) => (types.has(sourceOf(column)) ? [] : [index])),
    retyped: columns.flatMap((column, index) => retype(column, index, types.get(sourceOf(column)), 'string')),
  }
}

/** Compares the types of a schema with those that the values speak for; columns come and go with `diffFound` alone. */
export function diffTypes(columns: readonly SchemaColumn[], inferred: readonly WantedColumn[]): SchemaDiff {
  const types = new Map(inferred.map(({ name, type }) => [name, type]))
  const retyped = columns.flatMap((column, index) => retype(column, index, types.get(sourceOf(column))))
  return { added: [], removed: [], retyped }
}

function retype(column: SchemaColumn, index: number, to: string | undefined, undeclared?: string) {
  if (to === undefined || to === undeclared || to === column.type) return []
  return [{ index, from: column.type, to }]
}

/** Gives the columns as they are after a diff: those that stay in their order, then the added ones. */
export function applyDiff(columns: readonly SchemaColumn[], diff: SchemaDiff): SchemaColumn[] {
  const types = new Map(diff.retyped.map(({ index, to }) => [index, to]))
  const removed = new Set(diff.removed)
  const kept = columns.flatMap((column, index) => {
    if (removed.has(index)) return []
    const type = types.get(index)
    return [type === undefined ? column : { ...column, type }]
  })
  return [...kept, ...diff.added].slice(0, MOST_COLUMNS)
}

/**
 * Makes columns of the schema out of found ones, each found name once. Where a column has the name already, or it is empty
 * or over long, another is found for it; names beyond what can be kept are left out.
 * @example nameFreely([{ name: 'a', type: 'int' }], [{ name: 'a', type: 'string' }]) // [{ name: 'a_2', …, source: 'a' }]
 */
export function nameFreely(columns: readonly SchemaColumn[], found: readonly WantedColumn[]): SchemaColumn[] {
  const taken = new Set(columns.map(({ name }) => name))
  const types = new Map(found.map(({ name, type }) => [name, type]))
  // What is named as it is in the files has its name before others are found one.
  const plain = new Set([...types.keys()].filter((name) => isFit(name) && !taken.has(name)))
  for (const name of plain) taken.add(name)
  return [...types].flatMap(([name, type]) => {
    if (name.length > MOST_SOURCE_CHARS) return []
    if (plain.has(name)) return [{ name, type }]
    const free = freeName(taken, name)
    taken.add(free)
    return [{ name: free, type, source: name }]
  })
}

const isFit = (name: string): boolean => name.trim() !== '' && name.length <= MOST_NAME_CHARS

/** Room for the number that tells names apart. */
const NUMBER_CHARS = 8

/** `"user"`, or `"user_2"` where that is taken; a column without a name is `"column"`. */
function freeName(taken: ReadonlySet<string>, name: string): string {
  const short = name.length > MOST_NAME_CHARS ? name.slice(0, MOST_NAME_CHARS - NUMBER_CHARS) : name
  const wish = short.trim() === '' ? 'column' : short.toWellFormed()
  if (!taken.has(wish)) return wish
  let number = 2
  while (taken.has(`${wish}_${number}`)) number++
  return `${wish}_${number}`
}

/** Renames a column, which goes on holding the same column of the files: `source` remembers it. */
export function renameColumn({ source, ...column }: SchemaColumn, name: string): SchemaColumn {
  const from = source ?? column.name
  return from === name ? { ...column, name } : { ...column, name, source: from }
}
