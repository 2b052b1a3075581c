import type { CsvParams } from './csv-params'

/** The settings that decide how a text falls into rows and cells. */
export type CsvDialect = Pick<CsvParams, 'style' | 'separator' | 'quoteChar' | 'escapeChar'>

/** The characters that a style gives a meaning; `''` for those it does not. */
export interface CsvMarks {
  separator: string
  quote: string
  escape: string
}

/** The marks of a style as it uses them: one it does not know is empty. */
export function marksOf({ style, separator, quoteChar, escapeChar }: CsvDialect): CsvMarks {
  const quotes = style === 'excel' || style === 'unix'
  const escapes = style === 'unix' || style === 'escape_only_no_quote'
  return { separator, quote: quotes ? quoteChar : '', escape: escapes ? escapeChar : '' }
}

/** Numbers that `CsvRows` keeps of each row: start, end, its first cell's place in `spans`, and how many cells it has. */
const ROW_FIELDS = 4

const NULL_LETTER = 'N'

/**
 * Rows of one text as places in it, whose cells become texts when asked. A cell is two numbers, from the row's start: where
 * its content begins and ends; `~start` if it holds doubled quotes, `~end` if it has to be read character by character.
 */
export class CsvRows {
  constructor(
    private text: string,
    private readonly rows: readonly number[],
    private readonly spans: readonly number[],
    private readonly marks: CsvMarks,
    /** The length of a single row that was too long to hold: `text` is its beginning. */
    private readonly fullChars?: number,
  ) {}

  get count(): number {
    return this.rows.length / ROW_FIELDS
  }

  /** Lets go of the text: its rows are empty from then on. */
  release(): void {
    this.text = ''
  }

  /** UTF-16 units of a row, without its line end. */
  chars(row: number): number {
    return this.fullChars ?? this.rowField(row, 1) - this.rowField(row, 0)
  }

  /** How many cells a row has, those beyond the columns that are kept among them. */
  cellCount(row: number): number {
    return this.rowField(row, 3)
  }

  /** A row as it stands in the text, its first `most` characters. */
  raw(row: number, most = Number.POSITIVE_INFINITY): string {
    const start = this.rowField(row, 0)
    const text = this.text.slice(start, Math.min(this.rowField(row, 1), start + most))
    return text.length < most ? text : text.toWellFormed()
  }

  /** The texts of a row, a header's among them. */
  cells(row: number): string[] {
    const base = this.rowField(row, 0)
    const last = this.lastSpan(row)
    const cells: string[] = []
    for (let at = this.rowField(row, 2); at < last; at += 2) cells.push(this.cell(base, at))
    return cells
  }

  /** The same for a record: where characters are escaped, `\N` outside of quotes is null, as databases write it. */
  values(row: number): (string | null)[] {
    if (this.marks.escape === '') return this.cells(row)
    const base = this.rowField(row, 0)
    const last = this.lastSpan(row)
    const cells: (string | null)[] = []
    for (let at = this.rowField(row, 2); at < last; at += 2)
      cells.push(this.isNull(base, at) ? null : this.cell(base, at))
    return cells
  }

  private lastSpan(row: number): number {
    return Math.min(
      this.rowField(row, 2) + this.cellCount(row) * 2,
      this.rows[(row + 1) * ROW_FIELDS + 2] ?? this.spans.length,
    )
  }

  private isNull(base: number, at: number): boolean {
    const start = this.spans[at] as number
    const end = this.spans[at + 1] as number
    const mark = this.marks.escape
    return (
      end < 0 &&
      ~end - start === mark.length + NULL_LETTER.length &&
      this.text.startsWith(mark + NULL_LETTER, base + start)
    )
  }

  private cell(base: number, at: number): string {
    const start = this.spans[at] as number
    const end = this.spans[at + 1] as number
    const { quote } = this.marks
    if (end < 0) return readCell(this.text.slice(base + start, base + ~end), this.marks)
    if (start < 0) return this.text.slice(base + ~start, base + end).replaceAll(quote + quote, () => quote)
    return this.text.slice(base + start, base + end)
  }

  private rowField(row: number, field: number): number {
    return this.rows[row * ROW_FIELDS + field] ?? 0
  }
}

/** Reads a cell with escapes, or with characters behind its closing quote. */
function readCell(raw: string, { quote, escape: mark }: CsvMarks): string {
  const parts: string[] = []
  let quoted = quote !== '' && raw.startsWith(quote)
  let from = quoted ? quote.length : 0
  let at = from
  const leaveOut = (length: number) => {
    parts.push(raw.slice(from, at))
    from = at + length
    at = from
  }
  while (at < raw.length) {
    if (quoted && raw.startsWith(quote, at)) {
      leaveOut(quote.length)
      // Of two quotes the second one stands; a single one ends the quoting.
      if (raw.startsWith(quote, at)) at += quote.length
      else quoted = false
    } else if (mark !== '' && at + mark.length < raw.length && raw.startsWith(mark, at)) {
      leaveOut(mark.length)
      at++
    } else at++
  }
  parts.push(raw.slice(from))
  return parts.join('')
}
