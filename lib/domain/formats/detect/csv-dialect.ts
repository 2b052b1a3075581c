import { type CsvParams, type CsvStyle, DEFAULT_MAX_ROW_CHARS } from '../csv-params'
import type { CsvDialect } from '../csv-rows'

/** Separators that are tried, with how telling it is when all rows have the same number of cells. */
export const SEPARATORS: readonly { char: string; name: string; telling: number }[] = [
  { char: ',', name: 'comma', telling: 0.94 },
  { char: ';', name: 'semicolon', telling: 0.94 },
  { char: '\t', name: 'tab', telling: 0.95 },
  { char: '|', name: 'vertical bar', telling: 0.94 },
  { char: '\u0001', name: 'Ctrl-A', telling: 0.96 },
  { char: '\u001f', name: 'unit separator', telling: 0.96 },
  { char: '~', name: 'tilde', telling: 0.88 },
  { char: '^', name: 'caret', telling: 0.88 },
  { char: '§', name: 'section sign', telling: 0.88 },
  { char: ':', name: 'colon', telling: 0.72 },
  { char: ' ', name: 'space', telling: 0.72 },
]

/** Share of lines that hold a separator, and where quoted cells may hold line ends. */
const NEEDED_SHARE = 0.4
const NEEDED_SHARE_QUOTED = 0.1

/** The separators that stand in enough lines to be worth a try. */
export function plausibleSeparators(lines: readonly string[]): string[] {
  const isQuoted = lines.some((line) => line.includes('"'))
  const needed = lines.length * (isQuoted ? NEEDED_SHARE_QUOTED : NEEDED_SHARE)
  return SEPARATORS.map(({ char }) => char).filter((char) => {
    const holding = lines.filter((line) => line.includes(char)).length
    if (holding === 0 || holding < needed) return false
    // Times are full of colons.
    return (
      char !== ':' || lines.filter((line) => /(?<!\d)\d\d:\d\d(?!\d)/.test(line)).length < lines.length / 2
    )
  })
}

/** The ways of quoting that a separator's text may be written in, the likeliest first. */
export function plausibleDialects(lines: readonly string[], separator: string): CsvDialect[] {
  const dialect = (style: CsvStyle, quoteChar = '"'): CsvDialect => ({
    separator,
    style,
    quoteChar,
    escapeChar: '\\',
  })
  const quotes = countQuotes(lines, separator, '"')
  // Quotes that open and hardly ever close are inches, or texts of their own.
  if (quotes.atEdges > quotes.closing * 2) return [dialect('no_escape_no_quote'), dialect('excel')]
  if (quotes.atEdges > 0) {
    const isEscaped =
      (quotes.escaped > 0 && quotes.escaped >= quotes.doubled) ||
      (quotes.doubled === 0 && haveNoValue(lines, separator))
    return isEscaped
      ? [dialect('unix'), dialect('excel'), dialect('no_escape_no_quote')]
      : [dialect('excel'), dialect('no_escape_no_quote')]
  }
  const apostrophes = countQuotes(lines, separator, "'")
  if (apostrophes.closed >= Math.max(1, lines.length * 0.3)) {
    return [dialect(apostrophes.escaped > apostrophes.doubled ? 'unix' : 'excel', "'"), dialect('excel')]
  }
  if (lines.some((line) => line.includes(`\\${separator}`)) || haveNoValue(lines, separator)) {
    return [dialect('escape_only_no_quote'), dialect('excel')]
  }
  return [dialect('excel')]
}

/** A cell that says that it has no value, where databases write texts with escapes. */
const NO_VALUE = '\\N'

/** Whether cells without a value stand in lines, as COPY of PostgreSQL and exports of MySQL write them. */
export const haveNoValue = (lines: readonly string[], separator: string): boolean =>
  lines.some((line) => line.includes(NO_VALUE) && line.split(separator).includes(NO_VALUE))

interface QuoteCounts {
  /** Lines with a cell that begins with the quote. */
  atEdges: number
  /** Lines with a cell that ends with it. */
  closing: number
  /** Lines with both. */
  closed: number
  doubled: number
  escaped: number
}

function countQuotes(lines: readonly string[], separator: string, quote: string): QuoteCounts {
  const counts: QuoteCounts = { atEdges: 0, closing: 0, closed: 0, doubled: 0, escaped: 0 }
  const opening = separator + quote
  const closing = quote + separator
  const empty = quote + quote
  for (const line of lines) {
    if (!line.includes(quote)) continue
    const opens = line.startsWith(quote) || line.includes(opening)
    if (opens) counts.atEdges++
    const closes = line.endsWith(quote) || line.includes(closing)
    if (closes) counts.closing++
    if (opens && closes) counts.closed++
    // Two quotes that are a whole cell double nothing.
    const inner = line.split(separator).filter((cell) => cell !== empty)
    if (inner.some((cell) => cell.slice(1).includes(empty))) counts.doubled++
    if (line.includes(`\\${quote}`)) counts.escaped++
  }
  return counts
}

/** All settings of separated values that are written in a dialect. */
export function csvParamsOf(
  dialect: CsvDialect,
  charset: string,
  rows: Pick<
    CsvParams,
    'skipRowsBeforeHeader' | 'parseHeaderRow' | 'skipRowsAfterHeader' | 'skipLinesBesideRows'
  >,
): CsvParams {
  return { charset, compress: '', ...dialect, ...rows, maxRowChars: DEFAULT_MAX_ROW_CHARS }
}

/** The separator as people call it. */
export const separatorName = (separator: string): string =>
  SEPARATORS.find(({ char }) => char === separator)?.name ?? separator
