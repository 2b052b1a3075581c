import type { CsvMarks } from '../formats/csv-rows'
import { quoteCell } from '../formats/print-csv'

/** How records are written for programs. `tsv-excel-noheader` is what DSS clients read. */
export const RECORD_FORMATS = ['tsv-excel-noheader', 'tsv-excel-header', 'csv', 'json'] as const
export type RecordFormat = (typeof RECORD_FORMATS)[number]

export const RECORD_CONTENT_TYPES: Record<RecordFormat, string> = {
  'tsv-excel-noheader': 'text/tab-separated-values; charset=utf-8',
  'tsv-excel-header': 'text/tab-separated-values; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/x-ndjson; charset=utf-8',
}

type Cells = readonly (string | null | undefined)[]

/** Writes records one by one; cells are null where the record has nothing in that column. */
export interface RecordPrinter {
  head(): string
  record(cells: Cells): string
  /** A record with one text at `place` and nothing elsewhere, whose text comes in parts. */
  inParts(place: number): PartedRecord
}

/** What stands before, within and after the parts of a text. No part ends inside a character. */
export interface PartedRecord {
  before: string
  part(text: string): string
  after: string
}

interface Table extends CsvMarks {
  lineEnd: string
  special: RegExp
}

const EXCEL_TSV: Table = { separator: '\t', quote: '"', escape: '', lineEnd: '\n', special: /[\t"\n\r]/ }
const RFC_4180: Table = { separator: ',', quote: '"', escape: '', lineEnd: '\r\n', special: /[,"\n\r]/ }
/** What a record of one empty cell is: an empty line would be no record, or one without a cell. */
export const SOLE_EMPTY_CELL = '""'

/**
 * Writes records in the order of `columns`, values as they are. TSV and CSV write nothing for what is null or absent, and `""`
 * where that is all of the record; JSON, one object a line, writes null and leaves out what is absent.
 * @example printRecords('tsv-excel-noheader', ['a', 'b']).record(['x', 'y\tz']) // 'x\t"y\tz"\n'
 */
export function printRecords(format: RecordFormat, columns: readonly string[]): RecordPrinter {
  if (format === 'json') return printJson(columns)
  const table = format === 'csv' ? RFC_4180 : EXCEL_TSV
  const record = (cells: Cells) => printLine(cells, table)
  return {
    head: () => (format === 'tsv-excel-noheader' ? '' : record(columns)),
    record,
    inParts: (place) => ({
      before: `${table.separator.repeat(place)}"`,
      part: (text) => text.replaceAll('"', '""'),
      after: `"${table.separator.repeat(columns.length - 1 - place)}${table.lineEnd}`,
    }),
  }
}

function printLine(cells: Cells, table: Table): string {
  if (cells.length === 1 && !cells[0]) return SOLE_EMPTY_CELL + table.lineEnd
  let text = ''
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]
    if (at > 0) text += table.separator
    if (cell) text += table.special.test(cell) ? quoteCell(cell, table) : cell
  }
  return text + table.lineEnd
}

/** Written by hand, since a name such as `__proto__` is no key of a plain object. */
function printJson(columns: readonly string[]): RecordPrinter {
  const record = (cells: Cells) => {
    const members: string[] = []
    for (const [at, name] of columns.entries()) {
      const cell = cells[at]
      if (cell !== undefined) members.push(`${JSON.stringify(name)}:${JSON.stringify(cell)}`)
    }
    return `{${members.join(',')}}\n`
  }
  return {
    head: () => '',
    record,
    inParts: (place) => ({
      before: `{${JSON.stringify(columns[place])}:"`,
      part: (text) => JSON.stringify(text).slice(1, -1),
      after: '"}\n',
    }),
  }
}
