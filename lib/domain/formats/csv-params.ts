import * as z from 'zod'
import { textParams } from './text-params'

/**
 * How quotes and separators inside of cells are written. `excel`: quoted, a quote doubled; `unix`: quoted, anything escaped by
 * the escape character; `escape_only_no_quote`: escaped, never quoted; `no_escape_no_quote`: cells hold neither.
 */
export const CSV_STYLES = ['excel', 'unix', 'escape_only_no_quote', 'no_escape_no_quote'] as const
export type CsvStyle = (typeof CSV_STYLES)[number]

/** *Maximum characters per row* of a new dataset. */
export const DEFAULT_MAX_ROW_CHARS = 100_000_000

const oneCharacter = z
  .string()
  .refine(
    (text) => [...text].length === 1 && text.isWellFormed() && text !== '\n' && text !== '\r',
    'Enter one character.',
  )
const skippedRows = z
  .int('Enter a whole number.')
  .min(0, 'Enter 0 or more.')
  .max(1_000_000, 'Enter 1,000,000 or less.')

/** Settings of separated values. */
export const csvParamsSchema = z
  .object({
    ...textParams,
    style: z.enum(CSV_STYLES).default('excel'),
    separator: oneCharacter.default(','),
    quoteChar: oneCharacter.default('"'),
    escapeChar: oneCharacter.default('\\'),
    skipRowsBeforeHeader: skippedRows.default(0),
    parseHeaderRow: z.boolean().default(true),
    /** Names by position for files whose first row holds none of them: it is a record there, not a header. */
    headerNames: z.array(z.string().max(1_000)).max(10_000).optional(),
    skipRowsAfterHeader: skippedRows.default(0),
    /** Set where a row like the header is none of the records, as in files that were put one behind another. */
    skipRepeatedHeaders: z.boolean().optional(),
    /** Set where lines that database clients print beside the rows are none of the records, see `isBesideRows`. */
    skipLinesBesideRows: z.boolean().optional(),
    /** UTF-16 units of one row; 0 = no limit. */
    maxRowChars: z
      .int('Enter a whole number; 0 means no limit.')
      .min(0, 'Enter 0 or more; 0 means no limit.')
      .max(Number.MAX_SAFE_INTEGER, 'Enter a smaller number, or 0 for no limit.')
      .default(DEFAULT_MAX_ROW_CHARS),
  })
  .superRefine((params, context) => {
    for (const { field, message } of findSameMarks(params)) {
      context.addIssue({ code: 'custom', path: [field], message })
    }
  })
export type CsvParams = z.infer<typeof csvParamsSchema>

interface Marks {
  style: CsvStyle
  separator: string
  quoteChar: string
  escapeChar: string
}

/** Characters that would mean two things at once, among those that the style gives a meaning. */
function findSameMarks({ style, separator, quoteChar, escapeChar }: Marks) {
  const quotes = style === 'excel' || style === 'unix'
  const escapes = style === 'unix' || style === 'escape_only_no_quote'
  const issues: { field: 'quoteChar' | 'escapeChar'; message: string }[] = []
  if (quotes && quoteChar === separator) {
    issues.push({ field: 'quoteChar', message: 'Enter another character than the separator.' })
  }
  if (escapes && escapeChar === separator) {
    issues.push({ field: 'escapeChar', message: 'Enter another character than the separator.' })
  }
  if (quotes && escapes && escapeChar === quoteChar) {
    const message = 'Enter another character than the quote, or choose the style Excel, which doubles quotes.'
    issues.push({ field: 'escapeChar', message })
  }
  return issues
}
