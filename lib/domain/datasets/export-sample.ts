import type { CsvMarks } from '../formats/csv-rows'
import { printCell, quoteCell } from '../formats/print-csv'
import type { Sample, SampleExportRequest } from './sample-wire'

type Format = SampleExportRequest['format']
export type TextFormat = Exclude<Format, 'parquet'>

export const SAMPLE_FILE_TYPES: Record<Format, { extension: string; contentType: string }> = {
  csv: { extension: 'csv', contentType: 'text/csv; charset=utf-8' },
  json: { extension: 'json', contentType: 'application/json; charset=utf-8' },
  parquet: { extension: 'parquet', contentType: 'application/vnd.apache.parquet' },
}

/** Where a record comes from, and its whole length where less of it is held. */
const PLACE_COLUMNS = [
  { name: '_partition', type: 'string' },
  { name: '_file', type: 'string' },
  { name: '_record', type: 'bigint' },
  { name: '_characters', type: 'bigint' },
] as const

/** Why a record could not be taken apart, and its text as read; there where one of the sample could not. */
const UNPARSED_COLUMNS = [
  { name: '_unparsed', type: 'string' },
  { name: '_raw', type: 'string' },
] as const

/** Records that go out together. */
const ROWS_AT_ONCE = 500

/** Writes a sample as a text, some records at a time: its columns, then where each record comes from and why it was not taken apart. */
export function* exportRows(sample: Sample, format: TextFormat): Generator<string, void> {
  const write = format === 'csv' ? writeCsv : writeJson
  let chunk: string[] = []
  for (const piece of write(sample)) {
    chunk.push(piece)
    if (chunk.length < ROWS_AT_ONCE) continue
    yield chunk.join('')
    chunk = []
  }
  yield chunk.join('')
}

function* writeCsv(sample: Sample): Generator<string, void> {
  const { columns, valuesOf } = layOut(sample)
  yield `${columns.map(({ name }) => toCsvCell(name)).join(',')}\r\n`
  for (const row of sample.rows) yield `${valuesOf(row).map(toCsvCell).join(',')}\r\n`
}

function* writeJson(sample: Sample): Generator<string, void> {
  const { columns, valuesOf } = layOut(sample)
  const names = namesOf(columns)
  yield '['
  for (const [index, row] of sample.rows.entries()) {
    const values = valuesOf(row)
    const members = names.map((name, at) => [name, values[at]] as const)
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(Object.fromEntries(members))}`
  }
  yield '\n]\n'
}

export interface ExportColumn {
  /** No other column has it. */
  name: string
  /** The storage type that the schema says. */
  type: string
  /** One for each record; null where it is null or absent. */
  values: (string | null)[]
}

/** A sample column by column: its own, then where each record comes from and why it was not taken apart. */
export function exportColumns(sample: Sample): ExportColumn[] {
  const { columns, valuesOf } = layOut(sample)
  const rows = sample.rows.map(valuesOf)
  return namesOf(columns).map((name, at) => ({
    name,
    type: columns[at]?.type ?? 'string',
    values: rows.map((values) => values[at]?.toString() ?? null),
  }))
}

type Row = Sample['rows'][number]
type Value = string | number | null

/** The columns that a sample goes out with, and what a record has in them. */
function layOut(sample: Sample): {
  columns: readonly { name: string; type: string }[]
  valuesOf: (row: Row) => Value[]
} {
  const hasUnparsed = sample.rows.some(({ unparsed }) => unparsed !== undefined)
  const cellsOf = (row: Row) => sample.columns.map((_, at) => row.cells[at] ?? null)
  const unparsedOf = ({ unparsed, raw }: Row) => (hasUnparsed ? [unparsed ?? null, raw ?? null] : [])
  return {
    columns: [...sample.columns, ...PLACE_COLUMNS, ...(hasUnparsed ? UNPARSED_COLUMNS : [])],
    valuesOf: (row) => [...cellsOf(row), ...placeOf(sample, row), ...unparsedOf(row)],
  }
}

/** Where each name stands for one column, the second `name` is `name_2`. */
function namesOf(columns: readonly { name: string }[]): string[] {
  const given = columns.map(({ name }) => name)
  const taken = new Set(given)
  const seen = new Set<string>()
  return given.map((name) => {
    let unique = name
    for (let turn = 2; seen.has(unique); turn++) {
      const next = `${name}_${turn}`
      if (!taken.has(next)) unique = next
    }
    seen.add(unique)
    return unique
  })
}

function placeOf({ files }: Sample, { file, number, chars }: Row): Value[] {
  const from = files[file]
  return [from?.partition ?? null, from?.path ?? null, number, chars ?? null]
}

const RFC_4180: CsvMarks = { separator: ',', quote: '"', escape: '' }

/** A spreadsheet would run a text that begins like this. */
const LIKE_A_FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
/** A number has nothing to run, and is to stay one: `-12.50`. */
const NUMBER = /^-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$/i

/** A cell of RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe before it: `'=1+1`. */
function toCsvCell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = LIKE_A_FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value
  // The empty text is quoted, so that it is told apart from nothing at all.
  return text === '' ? quoteCell(text, RFC_4180) : printCell(text, RFC_4180)
}
