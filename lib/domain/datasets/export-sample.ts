import type { CsvMarks } from '../formats/csv-rows'
import { printCell, quoteCell } from '../formats/print-csv'
import type { Sample, SampleExportRequest } from './wire'

type Format = SampleExportRequest['format']

export const SAMPLE_FILE_TYPES: Record<Format, { extension: string; contentType: string }> = {
  csv: { extension: 'csv', contentType: 'text/csv; charset=utf-8' },
  json: { extension: 'json', contentType: 'application/json; charset=utf-8' },
}

/** Where a record comes from, and its whole length where less of it is held. */
const PLACE_COLUMNS = ['_partition', '_file', '_record', '_characters'] as const

/** Records that go out together. */
const ROWS_AT_ONCE = 500

/** Writes a sample as a text, some records at a time: its columns, then where each record comes from. */
export function* exportRows(sample: Sample, format: Format): Generator<string, void> {
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
  const names = [...sample.columns.map((column) => column.name), ...PLACE_COLUMNS]
  yield `${names.map(toCsvCell).join(',')}\r\n`
  for (const row of sample.rows)
    yield `${[...cellsOf(sample, row), ...placeOf(sample, row)].map(toCsvCell).join(',')}\r\n`
}

function* writeJson(sample: Sample): Generator<string, void> {
  yield '['
  for (const [index, row] of sample.rows.entries()) {
    const values = [
      ...sample.columns.map((column, at) => [column.name, cellsOf(sample, row)[at]] as const),
      ...PLACE_COLUMNS.map((name, at) => [name, placeOf(sample, row)[at]] as const),
    ]
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(Object.fromEntries(values))}`
  }
  yield '\n]\n'
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
export function toCsvCell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = LIKE_A_FORMULA.test(value) ? `'${value}` : value
  // The empty text is quoted, so that it is told apart from nothing at all.
  return text === '' ? quoteCell(text, RFC_4180) : printCell(text, RFC_4180)
}
