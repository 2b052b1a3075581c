import { type FormatSettings, findFormatKind, formatKind, formatSchema } from '../formats/catalogue'
import { type DatasetDefinition, MOST_COLUMNS, type SchemaColumn } from './definition'
import { nameFreely } from './schema-diff'

type Params = DatasetDefinition['formatParams']
type Formatted = Pick<DatasetDefinition, 'formatType' | 'formatParams'>

/**
 * Gives the settings that a format begins with; what it has in common with the format before, as charset and compression,
 * stays as it was.
 * @example firstParams('json', { charset: 'latin1' }) // { charset: 'latin1', compress: '', maxDepth: 1, rootPath: '' }
 */
export function firstParams(type: string, before: Params): Params {
  const kind = findFormatKind(type)
  const carried = (kind?.carries ?? []).filter((name) => Object.hasOwn(before, name))
  return { ...kind?.firstParams, ...Object.fromEntries(carried.map((name) => [name, before[name]])) }
}

/** Settings of a format that were found, without those that it takes over from the format before. */
export function ownParams({ type, params }: FormatSettings): Params {
  const { carries } = formatKind(type)
  return Object.fromEntries(Object.entries(params).filter(([name]) => !carries.includes(name)))
}

/** Tells whether a definition reads files as they look: what no file tells may be set in whatever way. */
export function isReadAsTold(definition: Formatted, { type, params }: FormatSettings): boolean {
  const untold = definition.formatType === type ? (findFormatKind(type)?.untold ?? []) : []
  const chosen = untold.map((name) => [name, definition.formatParams[name]])
  return isReadAs(definition, { type, params: { ...params, ...Object.fromEntries(chosen) } })
}

/** Tells whether a definition reads files by these settings already; what is left out counts as its default. */
export function isReadAs(
  { formatType, formatParams }: Formatted,
  format: { type: string; params: Params },
): boolean {
  const parsed = formatSchema.safeParse({ type: formatType, params: formatParams })
  const same = formatSchema.safeParse(format)
  return parsed.success && same.success && JSON.stringify(parsed.data) === JSON.stringify(same.data)
}

/**
 * Gives the columns of a schema that follows its files, or null when it holds these already. What has no name, or an over
 * long one, is found another; a file without columns changes nothing.
 */
export function followColumns(
  columns: readonly SchemaColumn[],
  found: readonly { name: string; type: string }[],
): SchemaColumn[] | null {
  const next = nameFreely([], found).slice(0, MOST_COLUMNS)
  if (next.length === 0) return null
  const isSame =
    next.length === columns.length &&
    next.every(({ name, type, source }, index) => {
      const before = columns[index]
      return before?.name === name && before.type === type && before.source === source
    })
  return isSame ? null : next
}
