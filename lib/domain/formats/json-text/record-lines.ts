import type { PassedPlace } from './line-position'

/** Which lines inside of a broken record begin another one of its list. */
export interface NextRecordRule {
  /** Blanks before it on its line. */
  minColumn: number
  maxColumn: number
  /** What it begins with: `{`, or `{"name":` where no more than the name speaks for it. */
  opening: string
}

/**
 * What speaks for lines being the records of a list: that earlier records took about a line each, that records stand further
 * right than their document, or that a line begins with the same name as the record itself.
 */
export class RecordLines {
  /** The first record of the list began a line, no further right than its document. */
  beginLines = false
  private first: PassedPlace | undefined
  private recordsBefore = 0

  /** Begins with the first record of a list. */
  beginList(first: PassedPlace, beginLines: boolean): void {
    this.first = first
    this.beginLines = beginLines
    this.recordsBefore = 0
  }

  addRecord(): void {
    this.recordsBefore++
  }

  /** For a record in which a fault was found; `text` is the begin of it. Undefined where nothing tells its lines from others. */
  ruleInBroken(begin: PassedPlace, topColumn: number, text: string): NextRecordRule | undefined {
    if (!begin.isIndent && this.recordsBefore > 0) return undefined
    const isTold = begin.isIndent && (begin.column > topColumn || this.tookLines(begin))
    const opening = isTold ? text.charAt(0) : openingOf(text)
    const minColumn = begin.isIndent ? begin.column : topColumn
    return opening === undefined ? undefined : { minColumn, maxColumn: begin.column, opening }
  }

  /** For a record that is too large to be held: it may still be valid, so more has to speak for it. */
  ruleInLarge(begin: PassedPlace, topColumn: number, text: string): NextRecordRule | undefined {
    if (!begin.isIndent || !this.tookLines(begin)) return undefined
    const opening = begin.column > topColumn ? text.charAt(0) : openingOf(text)
    return opening === undefined ? undefined : { minColumn: begin.column, maxColumn: begin.column, opening }
  }

  /** The records before took fewer than two lines each; one that is printed over lines takes three. */
  private tookLines(begin: PassedPlace): boolean {
    const { first, recordsBefore } = this
    if (first === undefined || recordsBefore === 0) return false
    const isBelow = !first.isIndent || first.column === begin.column
    return isBelow && begin.line - first.line < 2 * recordsBefore
  }
}

/** `{"name":`, where it stands on one line. */
const openingOf = (text: string): string | undefined =>
  /^\{[ \t]*"(?:[^"\\]|\\.)*"[ \t]*:/.exec(text.slice(0, MAX_OPENING_CHARS))?.[0]

const MAX_OPENING_CHARS = 1_000
