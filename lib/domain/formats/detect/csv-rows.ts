import type { CsvDialect } from '../csv-rows'
import { parseCsv } from '../parse-csv'
import { MAX_SAMPLE_LINES } from './text-sample'

/** The first rows of a text, taken apart in a dialect. */
export interface SampleRows {
  rows: string[][]
  /** Quotes that are opened and never closed. */
  faults: number
}

/** Takes the first rows of a text apart as the reader does; a last row that the text cuts off is left out. */
export function csvRows(text: string, dialect: CsvDialect, isWhole: boolean): SampleRows {
  const { rows, endsInQuotes } = parseCsv(text, dialect, MAX_SAMPLE_LINES)
  if (!endsInQuotes) return { rows, faults: 0 }
  // A quote that swallows many rows is a stray one, even where the text may go on.
  const last = rows.at(-1)?.at(-1) ?? ''
  const isStray = isWhole || last.split('\n').length > MAX_SWALLOWED_LINES
  return { rows: rows.slice(0, -1), faults: isStray ? 1 + last.split('\n').length : 0 }
}

const MAX_SWALLOWED_LINES = 20
