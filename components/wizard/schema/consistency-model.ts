import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { meaningLabel } from '#lib/domain/datasets/meanings'
import { sourceOf, type WantedColumn } from '#lib/domain/datasets/schema-diff'
import type { ColumnCheck, SchemaReport, ValuePlace } from '#lib/domain/datasets/schema-report'
import { formatCount, formatQuantity } from '#lib/domain/format'

/** One thing in which files and schema differ. */
export interface Disagreement {
  id: string
  /** Columns or values it counts as: each column that lacks is a difference. */
  count: number
  message: string
  /** A value that shows it, and where it stands. */
  example?: ValuePlace
}

const MOST_NAMED = 20

/** Columns of the files that a schema does not hold. */
export function columnsToAdd(columns: readonly SchemaColumn[], report: SchemaReport): WantedColumn[] {
  const sources = new Set(columns.map(sourceOf))
  return report.columns.flatMap(({ name, type }) => (sources.has(name) ? [] : [{ name, type }]))
}

/** Says in what the files differ from a schema: columns first, then values. */
export function findDisagreements(columns: readonly SchemaColumn[], report: SchemaReport): Disagreement[] {
  const found = new Set(report.columns.map(({ name }) => name))
  const missing = columns.filter((column) => !found.has(sourceOf(column))).map(({ name }) => name)
  const added = columnsToAdd(columns, report).map(({ name }) => name)
  const list: Disagreement[] = []
  if (missing.length > 0) {
    list.push({ id: 'missing', count: missing.length, message: `No file has ${columnsNamed(missing)}.` })
  }
  if (added.length > 0) {
    list.push({ id: 'new', count: added.length, message: `The files also have ${columnsNamed(added)}.` })
  }
  for (const check of report.checks) {
    const column = columns[check.column]
    if (column) list.push(...valueDisagreements(column, check))
  }
  return list
}

function valueDisagreements(
  column: SchemaColumn,
  { column: index, misfits, otherMeaning, tooLong }: ColumnCheck,
): Disagreement[] {
  const list: Disagreement[] = []
  const add = (kind: string, message: string, example: ValuePlace) =>
    list.push({ id: `${kind}-${index}`, count: 1, message: `${column.name}: ${message}`, example })
  if (misfits) {
    add('type', `${values(misfits.count)} not of type ${column.type}.`, misfits.first)
  }
  if (otherMeaning) {
    const meaning = meaningLabel(column.meaning ?? '')
    add('meaning', `${values(otherMeaning.count)} not of meaning ${meaning}.`, otherMeaning.first)
  }
  if (tooLong) {
    const most = formatQuantity(column.maxLength ?? 0, 'character')
    add('length', `${values(tooLong.count)} longer than ${most}.`, tooLong.first)
  }
  return list
}

const values = (count: number) => (count === 1 ? '1 value is' : `${formatCount(count)} values are`)

function columnsNamed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED
  const shown = names
    .slice(0, MOST_NAMED)
    .map((name) => `“${name}”`)
    .join(', ')
  const said = names.length === 1 ? 'the column' : `${formatCount(names.length)} columns:`
  return `${said} ${shown}${more > 0 ? ` and ${formatQuantity(more, 'other')}` : ''}`
}

/** `"8,000 records of 8 files"`. */
export const sayLookedAt = ({ records, files }: Pick<SchemaReport, 'records' | 'files'>): string =>
  `${formatQuantity(records, 'record')} of ${formatQuantity(files.length, 'file')}`
