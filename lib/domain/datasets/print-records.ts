import type { CsvMarks } from '../formats/csv-rows'
import { quoteCell } from '../formats/print-csv'
import { toCsvCell } from './export-sample'

/** How records are written for programs. `tsv-excel-noheader` is what DSS clients read. */
export const RECORD_FORMATS = ['tsv-excel-noheader', 'tsv-excel-header', 'csv', 'json'] as const
export type RecordFormat = (typeof RECORD_FORMATS)[number]

export const RECORD_CONTENT_TYPES: Record<RecordFormat, string> = {
  'tsv-excel-noheader': 'text/tab-separated-values; charset=utf-8',
  'tsv-excel-header': 'text/tab-separated-values; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/x-ndjson; charset=utf-8',
}

/** Writes records one by one; cells are null where the record has nothing in that column. */
export interface RecordPrinter {
  head(): string
  record(cells: readonly (string | null | undefined)[]): string
}

const EXCEL_TSV: CsvMarks = { separator: '\t', quote: '"', escape: '' }
const NEEDS_QUOTES = /[\t"\n\r]/

/**
 * Writes records in the order of `columns`. TSV and CSV write nothing for what is null or absent; JSON, one object a line,
 * writes null and leaves out what is absent.
 * @example printRecords('tsv-excel-noheader', ['a', 'b']).record(['x', 'y\tz']) // 'x\t"y\tz"\n'
 */
export function printRecords(format: RecordFormat, columns: readonly string[]): RecordPrinter {
  if (format === 'json') return { head: () => '', record: (cells) => printJson(columns, cells) }
  if (format === 'csv') {
    const line = (cells: readonly (string | null | undefined)[]) =>
      `${cells.map((cell) => toCsvCell(cell ?? null)).join(',')}\r\n`
    return { head: () => line(columns), record: line }
  }
  const line = (cells: readonly (string | null | undefined)[]) => {
    let text = ''
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]
      if (at > 0) text += '\t'
      if (cell) text += NEEDS_QUOTES.test(cell) ? quoteCell(cell, EXCEL_TSV) : cell
    }
    return `${text}\n`
  }
  return { head: () => (format === 'tsv-excel-header' ? line(columns) : ''), record: line }
}

/** Written by hand, since a name such as `__proto__` is no key of a plain object. */
function printJson(columns: readonly string[], cells: readonly (string | null | undefined)[]): string {
  const members: string[] = []
  for (const [at, name] of columns.entries()) {
    const cell = cells[at]
    if (cell !== undefined) members.push(`${JSON.stringify(name)}:${JSON.stringify(cell)}`)
  }
  return `{${members.join(',')}}\n`
}
