import { csvFormatSchema } from '../formats/csv'
import { jsonFormatSchema } from '../formats/json'
import { DEFAULT_LINE_FORMAT } from '../formats/line'
import { regexpFormatSchema } from '../formats/regexp'
import { type FormatSettings, formatSchema } from '../formats/wire'
import { type DatasetDefinition, MOST_COLUMNS, type SchemaColumn } from './definition'
import { nameFreely } from './schema-diff'

type Params = DatasetDefinition['formatParams']
type Formatted = Pick<DatasetDefinition, 'formatType' | 'formatParams'>

/** What each format begins with; an expression has to be written. */
const FIRST_PARAMS: Record<FormatSettings['type'], Params> = {
  line: DEFAULT_LINE_FORMAT.params,
  csv: csvFormatSchema.parse({ type: 'csv', params: {} }).params,
  json: jsonFormatSchema.parse({ type: 'json', params: {} }).params,
  regexp: {
    ...regexpFormatSchema.parse({ type: 'regexp', params: { pattern: '(?<line>.*)' } }).params,
    pattern: '',
  },
  parquet: {},
}

/** What two formats can have in common: how the text is packed and written. */
const CARRIED = ['charset', 'compress']

/**
 * Gives the settings that a format begins with; charset and compression stay as they were where both formats have them.
 * @example firstParams('json', { charset: 'latin1' }) // { charset: 'latin1', compress: '', maxDepth: 1, rootPath: '' }
 */
export function firstParams(type: string, before: Params): Params {
  const first = Object.hasOwn(FIRST_PARAMS, type) ? FIRST_PARAMS[type as FormatSettings['type']] : {}
  const carried = CARRIED.filter((name) => Object.hasOwn(first, name) && Object.hasOwn(before, name))
  return { ...first, ...Object.fromEntries(carried.map((name) => [name, before[name]])) }
}

/** Tells whether a definition reads files by these settings already; what is left out counts as its default. */
export function isReadAs({ formatType, formatParams }: Formatted, format: FormatSettings): boolean {
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
