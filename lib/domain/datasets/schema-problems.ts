import { formatCount, formatQuantity } from '../format'
import { formatLabel } from '../formats/catalogue'
import { type DatasetDefinition, MOST_NAME_CHARS, type SchemaColumn } from './definition'
import type { Problem } from './problem'
import { sourceOf } from './schema-diff'
import { isStorageType } from './storage-types'

/** Columns that are named in one message. */
const MOST_NAMED = 3

/** What is wrong with the columns of a schema; a column of the files may be held by several of them. */
export function schemaProblems({ schema }: Pick<DatasetDefinition, 'schema'>): Problem[] {
  const seen = new Set<string>()
  const problems = schema.columns.flatMap((column, index): Problem[] => {
    const found = [...nameProblems(column, index, seen), ...typeProblems(column, index)]
    seen.add(column.name)
    return found
  })
  return schema.columns.length > 0 || !schema.userModified
    ? problems
    : [warning('no-columns', 'The schema has no column, so that nothing of the files is shown.')]
}

function nameProblems({ name }: SchemaColumn, index: number, seen: ReadonlySet<string>): Problem[] {
  const problem = (reason: string, message: string): Problem[] => [
    {
      tab: 'schema',
      field: `Name of column ${index + 1}`,
      severity: 'error',
      path: ['schema', 'columns', index, 'name'],
      reason,
      message,
    },
  ]
  if (name.trim() === '') return problem('column-name-missing', `Column ${index + 1} has no name.`)
  if (name.length > MOST_NAME_CHARS) {
    const chars = `${formatCount(name.length)} characters; ${formatCount(MOST_NAME_CHARS)} are allowed`
    return problem('column-name-too-long', `The name of column ${index + 1} has ${chars}.`)
  }
  if (seen.has(name))
    return problem('column-name-twice', `Two columns are named ${name}. Rename one of them.`)
  return []
}

function typeProblems({ name, type }: SchemaColumn, index: number): Problem[] {
  if (isStorageType(type)) return []
  const message = `The storage type "${type}" of ${name} is not known here; its values are not checked.`
  return [
    {
      ...warning('column-type-unknown', message),
      field: `Storage type of ${name}`,
      path: ['schema', 'columns', index, 'type'],
    },
  ]
}

/** Warns of columns that the files which were looked at do not have. */
export function columnsNotFound(
  { schema }: Pick<DatasetDefinition, 'schema'>,
  found: readonly { name: string }[] | null | undefined,
): Problem[] {
  if (!found || found.length === 0) return []
  const names = new Set(found.map(({ name }) => name))
  const missing = schema.columns.filter((column) => !names.has(sourceOf(column)))
  if (missing.length === 0) return []
  const named = missing.slice(0, MOST_NAMED).map(({ name }) => name)
  const more =
    missing.length > MOST_NAMED ? ` and ${formatQuantity(missing.length - MOST_NAMED, 'other')}` : ''
  const message = `No file that was looked at has the ${missing.length === 1 ? 'column' : 'columns'} ${named.join(', ')}${more}.`
  return [warning('columns-not-found', message)]
}

/** Warns of columns that were read by other settings of the format, as long as no file can be read by these. */
export function columnsOfOtherSettings({ formatType }: Pick<DatasetDefinition, 'formatType'>): Problem {
  const type = formatLabel(formatType)
  const message = `These columns were read by other settings of the format. No column could be read as ${type} as it is set now; they follow as soon as a preview can be read.`
  return warning('columns-of-other-settings', message)
}

const warning = (reason: string, message: string): Problem => ({
  tab: 'schema',
  field: 'Check consistency',
  severity: 'warning',
  path: ['schema', 'columns'],
  reason,
  message,
})
