import 'server-only'
import type { CsvParams } from '#lib/domain/formats/csv-params'
import { MAX_CSV_COLUMNS } from '#lib/domain/formats/csv-parser'
import type { FormatProblem } from '#lib/domain/formats/wire'
import type { PlacedQuote } from './csv-offsets'

type Problem = Omit<FormatProblem, 'path'>

/** Where a row stands: `"Record 12"` with its number, or `"The header row"` without one. */
interface RowPlace {
  name: string
  record: number | undefined
}

/** What is shown of a row, in UTF-16 units. */
export const EXCERPT_CHARS = 200

const withRecord = (record: number | undefined) => (record === undefined ? {} : { record })

/** A row longer than is allowed or held. */
export function rowTooLargeProblem({ name, record }: RowPlace, params: CsvParams, maxChars: number): Problem {
  const isOwnLimit = maxChars === params.maxRowChars
  const quotes = params.style === 'excel' || params.style === 'unix'
  return {
    reason: 'ERR_DATASET_CSV_ROW_TOO_LARGE',
    message: `${name} is longer than ${maxChars} characters`,
    ...withRecord(record),
    remedy: isOwnLimit
      ? 'Raise Maximum characters per row, or choose another quoting style.'
      : 'Longer rows are not taken apart. Look for a quote that is never closed, or read one record per line.',
    // What makes rows so long is mostly a quote that is never closed.
    ...(quotes ? { fixes: [fixQuotes(params)] } : {}),
  }
}

/** A quoted cell that goes on to the end of the file. */
export function openQuoteProblem(
  { name, record }: RowPlace,
  params: CsvParams,
  quote: PlacedQuote,
  rowText: string,
  column: string | undefined,
): Problem {
  const excerpt = rowText.slice(quote.inRow, quote.inRow + EXCERPT_CHARS).toWellFormed()
  return {
    reason: 'ERR_DATASET_CSV_UNTERMINATED_QUOTE',
    message: `${name} has a quote in cell ${quote.cell + 1} that is never closed: it opens ${placeOfQuote(quote)}, and all that follows was read as one cell`,
    ...withRecord(record),
    ...(quote.offset === undefined ? {} : { offset: quote.offset }),
    ...(column === undefined ? {} : { column }),
    ...(excerpt === '' ? {} : { excerpt }),
    remedy: 'Close the quote in the file, or choose another quoting style or quote character.',
    fixes: [fixQuotes(params)],
  }
}

/** A row with more cells than a dataset has columns; without its number for the header. */
export function tooManyColumnsProblem(name: string, cells: number, record?: number): Problem {
  return {
    reason: 'too-many-columns',
    message: `${name} has ${cells} cells; a dataset has ${MAX_CSV_COLUMNS} columns at most`,
    ...withRecord(record),
    remedy: 'Check the separator, or read one record per line.',
  }
}

/** A row with more or fewer cells than the header has, as it begins; `names` are those of all columns, the further cells' too. */
export function raggedProblem(
  cells: number,
  expected: number,
  names: readonly string[],
  rowText: string,
): RaggedProblem {
  const told = cells < expected ? 'the last ones are absent' : sayFurther(names.slice(expected, cells))
  const message = `The record has ${sayCells(cells)} for ${sayColumns(expected)}: ${told}.`
  const excerpt = rowText.slice(0, EXCERPT_CHARS).toWellFormed()
  return {
    reason: 'ragged-rows',
    message,
    alike: `${cells}`,
    ...(excerpt === '' ? {} : { excerpt }),
    remedy: RAGGED_REMEDY,
  }
}

/** A row of another width, where many different ones were told already. */
export const otherWidthProblem = (expected: number): RaggedProblem => ({
  reason: 'ragged-rows',
  message: `The record has another number of cells than the ${sayColumns(expected)}, as had many before it.`,
  alike: 'others',
  remedy: RAGGED_REMEDY,
})

/** Rows of one width are counted together, and apart from those of another. */
type RaggedProblem = Omit<Problem, 'record'> & { alike: string }

const RAGGED_REMEDY = 'If many records are so, check the separator and the quoting style.'

const sayCells = (count: number) => `${count} ${count === 1 ? 'cell' : 'cells'}`
const sayColumns = (count: number) => `${count} ${count === 1 ? 'column' : 'columns'}`

function sayFurther([first = '', ...others]: readonly string[]): string {
  const last = others.at(-1)
  if (last === undefined) return `the further one is read as ${first}`
  return `the further ones are read as ${first} to ${last}`
}

/** The line `sep=;` with which Excel is told the separator: it is a row like any other unless it is skipped. */
export function declaredSeparator(firstRow: string, params: CsvParams): Problem | undefined {
  const separator = /^sep=(.)$/u.exec(firstRow)?.[1]
  if (separator === undefined || params.skipRowsBeforeHeader > 0) return undefined
  return {
    reason: 'separator-declared',
    message: `The first line says "sep=${separator}", which is meant for Excel, and was read as a row.`,
    excerpt: firstRow,
    fixes: [
      { label: 'Take the separator and skip the line', params: { separator, skipRowsBeforeHeader: 1 } },
    ],
  }
}

const placeOfQuote = ({ at, offset }: PlacedQuote) =>
  offset === undefined ? `at character ${at + 1} of the text` : `at byte ${offset}`

function fixQuotes({ style }: CsvParams): NonNullable<FormatProblem['fixes']>[number] {
  const without = style === 'unix' ? 'escape_only_no_quote' : 'no_escape_no_quote'
  return { label: 'Read without quotes', params: { style: without } }
}

/** Tells of a row that is the header once more. */
export function repeatedHeaderProblem(isLeftOut: boolean): Problem {
  if (isLeftOut) return { reason: 'repeated-header', message: 'Rows that repeat the header are left out.' }
  return {
    reason: 'repeated-header',
    message: 'The header comes again inside of the file, where it is read as a record.',
    remedy: 'Skip rows that repeat the header, if files were put one behind another here.',
    fixes: [{ label: 'Skip rows that repeat the header', params: { skipRepeatedHeaders: true } }],
  }
}

/** Tells of a line that is a rule or counts the rows. */
export function besideRowsProblem(isLeftOut: boolean): Problem {
  const reason = 'line-beside-rows'
  if (isLeftOut) return { reason, message: 'Rule lines and row counts are left out.' }
  return {
    reason,
    message: 'The line is a rule or counts the rows, as psql prints it, and is read as a record.',
    remedy: 'Skip such lines if they are none of the records.',
    fixes: [{ label: 'Skip rule lines and row counts', params: { skipLinesBesideRows: true } }],
  }
}
