import { type CsvDialect, type CsvMarks, CsvRows, marksOf } from './csv-rows'
import { isAt, isFirstHalf, MarkFinder } from './mark-finder'
import { ownText } from './own-text'

/** Cells of one row that are kept; of the others only their number is. */
export const MAX_CSV_COLUMNS = 10_000

/** UTF-16 units of a row that are held; of a longer one only its beginning and its length are known. */
export const MAX_HELD_ROW_CHARS = 8 * 1024 * 1024

/** What is kept of a row that is not held. */
export const SHOWN_ROW_CHARS = 64 * 1024

/** A quote without its end: where it stands, in UTF-16 units of the text and of the row, and the place of its cell. */
export interface OpenQuote {
  at: number
  inRow: number
  cell: number
}

const LF = 10
const CR = 13

/** Where the machine stands: what the next character means. */
const CELL_START = 0
const PLAIN = 1
const QUOTED = 2
/** Behind a quote inside of a quoted cell: it ends the quoting, or is doubled. */
const AFTER_QUOTE = 3
const ESCAPED = 4
const ESCAPED_IN_QUOTES = 5

/**
 * Takes a text apart into rows, piece by piece; the rows do not depend on where it was cut. Total: any text has rows. As
 * Python's csv module reads, rows end with `\n`, `\r\n` or `\r`; a quote means something only at the beginning of a cell; what
 * stands behind a closing quote belongs to the cell; a doubled quote is a quote in both quoting styles; the character after an
 * escape character stands for itself, and an escape character at the very end does too. An empty line is a row of 0 characters.
 */
export class CsvParser {
  private readonly marks: CsvMarks
  private readonly separators: MarkFinder
  private readonly escapes: MarkFinder
  private readonly quotes: MarkFinder
  private readonly lineFeeds = new MarkFinder('\n')
  private readonly returns = new MarkFinder('\r')
  private readonly wide: boolean
  private mode = CELL_START
  private afterCr = false
  /** A first half of a character that has two, kept for the next piece. */
  private carry = ''
  /** Units before the piece at hand. */
  private base = 0
  /** The beginning of the row at hand, in the pieces before this one. */
  private held: string[] = []
  private heldChars = 0
  private oversize = false
  /** In the piece at hand; negative when the row began before it. */
  private rowStart = 0
  /** From the row's start, as all places in a row. */
  private cellStart = 0
  private closedAt = 0
  private doubled = false
  private piecemeal = false
  private cellCount = 0
  private quoteAt = 0
  private firstSpan = 0
  private spans: number[] = []
  private rows: number[] = []
  private done: CsvRows[] = []

  /** `maxHeldChars`: a longer row is not held, `MAX_HELD_ROW_CHARS` unless told. */
  constructor(
    dialect: CsvDialect,
    private readonly maxHeldChars = MAX_HELD_ROW_CHARS,
  ) {
    this.marks = marksOf(dialect)
    const { separator, quote, escape: escapeMark } = this.marks
    this.separators = new MarkFinder(separator)
    this.escapes = new MarkFinder(escapeMark)
    this.quotes = new MarkFinder(quote)
    this.wide = [separator, quote, escapeMark].some((mark) => mark.length > 1)
  }

  /** Takes the next piece; gives the rows that end in it. */
  push(piece: string): CsvRows[] {
    let text = this.carry + piece
    this.carry = ''
    if (this.wide && isFirstHalf(text.charCodeAt(text.length - 1))) {
      this.carry = text.slice(-1)
      text = text.slice(0, -1)
    }
    this.scan(text)
    return this.takeDone()
  }

  /** Ends the text; gives a last row without a line end. */
  end(): CsvRows[] {
    this.scan(this.carry)
    this.carry = ''
    if (this.heldChars > 0) {
      // A cell that its quote leaves open has no end to cut off.
      if (this.openQuote !== undefined) this.piecemeal = true
      this.rowStart = -this.heldChars
      this.endRow('', 0)
    }
    return this.takeDone()
  }

  /** The quoted cell that is open now. */
  get openQuote(): OpenQuote | undefined {
    const isOpen = this.mode === QUOTED || this.mode === ESCAPED_IN_QUOTES
    return isOpen ? { at: this.quoteAt, inRow: this.cellStart, cell: this.cellCount } : undefined
  }

  /** Whether the row at hand is longer than is held. */
  get isOversize(): boolean {
    return this.oversize
  }

  /** UTF-16 units that are held of the row at hand; 0 of one that is not held. */
  get heldRowChars(): number {
    return this.oversize ? 0 : this.heldChars
  }

  private scan(text: string): void {
    if (text === '') return
    for (const finder of [this.separators, this.escapes, this.quotes, this.lineFeeds, this.returns])
      finder.at = -1
    let at = this.afterCr && text.charCodeAt(0) === LF ? 1 : 0
    this.afterCr = false
    this.rowStart = at - this.heldChars
    while (at < text.length) at = this.step(text, at)
    this.hold(text)
    this.base += text.length
  }

  /** Reads on from one place, as far as one thing goes; gives the next place. */
  private step(text: string, at: number): number {
    switch (this.mode) {
      case CELL_START:
        if (!isAt(text, at, this.marks.quote)) return this.readPlain(text, at)
        this.mode = QUOTED
        this.quoteAt = this.base + at
        return at + this.marks.quote.length
      case PLAIN:
        return this.readPlain(text, at)
      case QUOTED:
        return this.readQuoted(text, at)
      case AFTER_QUOTE:
        return this.readAfterQuote(text, at)
      default:
        this.mode = this.mode === ESCAPED ? PLAIN : QUOTED
        return at + 1
    }
  }

  /** Reads cells without quotes, up to a quote or an escape. */
  private readPlain(text: string, from: number): number {
    let at = from
    while (at < text.length) {
      const separator = this.separators.next(text, at)
      const escapeAt = this.escapes.next(text, at)
      const lineEnd = Math.min(this.lineFeeds.next(text, at), this.returns.next(text, at))
      if (escapeAt < separator && escapeAt < lineEnd) {
        this.piecemeal = true
        this.mode = ESCAPED
        return escapeAt + this.marks.escape.length
      }
      if (separator >= text.length && lineEnd >= text.length) {
        this.mode = PLAIN
        return text.length
      }
      at = separator < lineEnd ? this.endCell(separator) : this.endLine(text, lineEnd)
      if (isAt(text, at, this.marks.quote)) return at
    }
    return at
  }

  private readQuoted(text: string, from: number): number {
    const quote = this.quotes.next(text, from)
    const escapeAt = this.escapes.next(text, from)
    if (escapeAt < quote) {
      this.piecemeal = true
      this.mode = ESCAPED_IN_QUOTES
      return escapeAt + this.marks.escape.length
    }
    if (quote >= text.length) return text.length
    this.closedAt = quote - this.rowStart
    this.mode = AFTER_QUOTE
    return quote + this.marks.quote.length
  }

  private readAfterQuote(text: string, at: number): number {
    if (isAt(text, at, this.marks.quote)) {
      this.doubled = true
      this.mode = QUOTED
      return at + this.marks.quote.length
    }
    if (isAt(text, at, this.marks.separator)) return this.endCell(at)
    const code = text.charCodeAt(at)
    if (code === LF || code === CR) return this.endLine(text, at)
    this.piecemeal = true
    this.mode = PLAIN
    return at
  }

  private endCell(at: number): number {
    this.keepCell(at - this.rowStart)
    const next = at + this.marks.separator.length
    this.cellStart = next - this.rowStart
    return next
  }

  private endLine(text: string, at: number): number {
    this.endRow(text, at)
    if (text.charCodeAt(at) === CR) {
      if (at + 1 === text.length) this.afterCr = true
      else if (text.charCodeAt(at + 1) === LF) at++
    }
    this.rowStart = at + 1
    return at + 1
  }

  private keepCell(end: number): void {
    if (!this.oversize && this.cellCount < MAX_CSV_COLUMNS) {
      if (this.piecemeal) this.spans.push(this.cellStart, ~end)
      else if (this.mode !== AFTER_QUOTE) this.spans.push(this.cellStart, end)
      else {
        const start = this.cellStart + this.marks.quote.length
        this.spans.push(this.doubled ? ~start : start, this.closedAt)
      }
    }
    this.cellCount++
    this.mode = CELL_START
    this.doubled = false
    this.piecemeal = false
  }

  private endRow(text: string, at: number): void {
    this.keepCell(at - this.rowStart)
    if (this.heldChars === 0) this.rows.push(this.rowStart, at, this.firstSpan, this.cellCount)
    else this.joinRow(text, at)
    this.firstSpan = this.spans.length
    this.cellStart = 0
    this.cellCount = 0
  }

  /** Ends a row that began in an earlier piece: a text of its own, as joining whole pieces would copy all that is read. */
  private joinRow(text: string, at: number): void {
    const chars = this.heldChars + at
    const isHeld = !this.oversize && chars <= this.maxHeldChars
    this.keepPiece(text.slice(0, at))
    const whole = this.held.join('')
    const row = [0, isHeld ? chars : Math.min(whole.length, SHOWN_ROW_CHARS), 0, this.cellCount]
    this.done.push(new CsvRows(whole, row, this.spans, this.marks, isHeld ? undefined : chars))
    this.spans = []
    this.held = []
    this.heldChars = 0
    this.oversize = false
  }

  /** Keeps what the piece holds of a row that goes on, and gives the rows before it away. */
  private hold(text: string): void {
    const from = Math.max(this.rowStart, 0)
    if (this.rows.length > 0) {
      this.done.push(new CsvRows(text, this.rows, this.spans, this.marks))
      this.rows = []
      this.spans = this.spans.slice(this.firstSpan)
    }
    this.firstSpan = 0
    if (from >= text.length) return
    this.keepPiece(text.slice(from))
    if (this.oversize || this.heldChars <= this.maxHeldChars) return
    this.oversize = true
    this.held = [ownText(this.held.join('').slice(0, SHOWN_ROW_CHARS))]
    this.spans = []
  }

  private keepPiece(piece: string): void {
    if (!this.oversize) this.held.push(piece)
    else if (this.heldChars < SHOWN_ROW_CHARS)
      this.held.push(piece.slice(0, SHOWN_ROW_CHARS - this.heldChars))
    this.heldChars += piece.length
  }

  private takeDone(): CsvRows[] {
    const { done } = this
    this.done = []
    return done
  }
}
