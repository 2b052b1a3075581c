import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { diffFound, diffTypes, type SchemaDiff, sourceOf } from '#lib/domain/datasets/schema-diff'
import type { CounterExample, FoundColumn, SchemaReport } from '#lib/domain/datasets/schema-report'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { Question } from './use-schema-reading'

/** One line of a diff. */
export interface Change {
  /** Tells it from the other lines, and stays when other columns come or go. */
  id: string
  /** Where it stands in the diff; null for what stays as it is and is only told. */
  part: { of: keyof SchemaDiff; index: number } | null
  sign: '+' | '−' | '~' | '='
  name: string
  what: string
  /** The first value that spoke against a narrower type. */
  against: CounterExample | undefined
}

/** What an answer of the files would change in a schema. */
export function diffOf(
  question: Question,
  columns: readonly SchemaColumn[],
  report: SchemaReport,
): SchemaDiff {
  if (question !== 'infer') return diffFound(columns, report.columns)
  // A column without any value speaks for no type.
  const told = report.columns.filter(({ present, empty }) => present > empty)
  return diffTypes(
    columns,
    told.map(({ name, inferred }) => ({ name, type: inferred })),
  )
}

/** The lines of a diff: what comes, what goes, what changes; with types also what stays a text, and why. */
export function listChanges(
  question: Question,
  columns: readonly SchemaColumn[],
  report: SchemaReport,
): Change[] {
  const diff = diffOf(question, columns, report)
  const found = new Map(report.columns.map((column) => [column.name, column]))
  const changes: Change[] = [
    ...diff.added.map((column, place): Change => {
      const facts = found.get(sourceOf(column))
      return {
        ...line('+', column.name, { of: 'added', index: place }),
        what: facts ? saySeen(facts, report) : column.type,
      }
    }),
    ...diff.removed.map(
      (index, place): Change => ({
        ...line('−', columns[index]?.name ?? '', { of: 'removed', index: place }),
        what: sayInNone(report),
      }),
    ),
    ...diff.retyped.map(({ index, from, to }, place): Change => {
      const column = columns[index]
      const facts = column && found.get(sourceOf(column))
      return {
        ...line('~', column?.name ?? '', { of: 'retyped', index: place }),
        what: `${from} → ${to}${question === 'infer' && facts ? ` · ${sayValues(facts)}` : ''}`,
        against: facts?.against.find(({ type }) => type !== to),
      }
    }),
  ]
  return tellApart(question === 'infer' ? [...changes, ...listKept(columns, found, diff)] : changes)
}

const line = (sign: Change['sign'], name: string, part: Change['part'] = null) => ({
  id: `${sign}${name}`,
  part,
  sign,
  name,
  against: undefined,
})

/** Two columns may have one name until that is mended. */
function tellApart(changes: readonly Change[]): Change[] {
  const seen = new Map<string, number>()
  return changes.map((change) => {
    const before = seen.get(change.id) ?? 0
    seen.set(change.id, before + 1)
    return before === 0 ? change : { ...change, id: `${change.id} ${before + 1}` }
  })
}

const sayInNone = ({ files: { length } }: SchemaReport): string =>
  length === 1
    ? 'not in the file that was read'
    : `in none of the ${formatCount(length)} files that were read`

/** What is applied unless one chooses: all but removals, since files that were not read may have the column. */
export const isChosenAtFirst = ({ part }: Change): boolean => part !== null && part.of !== 'removed'

/** The part of a diff that was chosen. */
export function pickFromDiff(diff: SchemaDiff, chosen: readonly Change[]): SchemaDiff {
  const places = (of: keyof SchemaDiff) =>
    new Set(chosen.flatMap(({ part }) => (part?.of === of ? [part.index] : [])))
  const [added, removed, retyped] = [places('added'), places('removed'), places('retyped')]
  return {
    added: diff.added.filter((_, index) => added.has(index)),
    removed: diff.removed.filter((_, index) => removed.has(index)),
    retyped: diff.retyped.filter((_, index) => retyped.has(index)),
  }
}

/** Columns that stay as they are though most of their values are of a narrower type. */
function listKept(
  columns: readonly SchemaColumn[],
  found: ReadonlyMap<string, FoundColumn>,
  { retyped }: SchemaDiff,
): Change[] {
  const changed = new Set(retyped.map(({ index }) => index))
  return columns.flatMap((column, index): Change[] => {
    const against = found.get(sourceOf(column))?.against[0]
    if (changed.has(index) || !against) return []
    return [{ ...line('=', column.name), what: `stays ${column.type}`, against }]
  })
}

const sayValues = ({ present, empty }: FoundColumn): string =>
  `all of ${formatQuantity(present - empty, 'value')}`

const saySeen = ({ present, type }: FoundColumn, { records }: SchemaReport): string =>
  `${type} · in ${formatCount(present)} of ${formatQuantity(records, 'record')}`

/** `"7,990 values are int, 3 are not:"`, before the first of them. */
export function sayAgainst({ type, fits, misfits, altered }: CounterExample): string {
  if (fits === 0)
    return `${valuesAre(altered, 'looks', 'look')} like ${type}, and would not be given back as written:`
  return `${valuesAre(fits, 'is', 'are')} ${type}, ${formatCount(misfits)} ${misfits === 1 ? 'is' : 'are'} not:`
}

const valuesAre = (count: number, one: string, many: string): string =>
  count === 1 ? `1 value ${one}` : `${formatCount(count)} values ${many}`
