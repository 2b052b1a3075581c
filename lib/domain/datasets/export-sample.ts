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

/** Records that go out together. */
const ROWS_AT_ONCE = 500

/** Writes a sample as a text, some records at a time: its columns, then where each record comes from. */
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
  const names = [...sample.columns, ...PLACE_COLUMNS].map((column) => column.name)
  yield `${names.map(toCsvCell).join(',')}\r\n`
  for (const row of sample.rows)
    yield `${[...cellsOf(sample, row), ...placeOf(sample, row)].map(toCsvCell).join(',')}\r\n`
}

function* writeJson(sample: Sample): Generator<string, void> {
  const names = namesOf(sample)
  yield '['
  for (const [index, row] of sample.rows.entries()) {
    const values = [...cellsOf(sample, row), ...placeOf(sample, row)]
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

/** A sample column by column: its own, then where each record comes from. */
export function exportColumns(sample: Sample): ExportColumn[] {
  const rows = sample.rows.map((row) => [...cellsOf(sample, row), ...placeOf(sample, row)])
  const types = [...sample.columns, ...PLACE_COLUMNS].map(({ type }) => type)
  return namesOf(sample).map((name, at) => ({
    name,
    type: types[at] ?? 'string',
    values: rows.map((values) => values[at]?.toString() ?? null),
  }))
}

/** Where each name stands for one column, the second `name` is `name_2`. */
function namesOf(sample: Sample): string[] {
  const given = [...sample.columns, ...PLACE_COLUMNS].map(({ name }) => name)
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

type Row = Sample['rows'][number]
type Value = string | number | null

const cellsOf = (sample: Sample, row: Row): Value[] => sample.columns.map((_, at) => row.cells[at] ?? null)

function placeOf({ files }: Sample, { file, number, chars }: Row): Value[] {
  const from = files[file]
  return [from?.partition ?? null, from?.path ?? null, number, chars ?? null]
}

const RFC_4180: CsvMarks = { separator: ',', quote: '"', escape: '' }

/** A spreadsheet would run a text that begins like this. */
const LIKE_A_FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** A cell of RFC 4180; a text that a spreadsheet would take for a formula begins with an apostrophe: `'=1+1`. */
function toCsvCell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = LIKE_A_FORMULA.test(value) ? `'${value}` : value
  // The empty text is quoted, so that it is told apart from nothing at all.
  return text === '' ? quoteCell(text, RFC_4180) : printCell(text, RFC_4180)
}
