import type { NextRecordRule } from './record-lines'
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  codeAt,
  isBlank,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './tokens'

/** Finds in a text, behind its first line, those at which a record begins. */
export class NextRecords {
  private readonly beginnings = /[\n\r]([ \t]*)(?=[{[])/g
  private found = -1

  constructor(
    private readonly text: string,
    private readonly rule: NextRecordRule,
  ) {}

  /** UTF-16 units of the text. */
  get chars(): number {
    return this.text.length
  }

  /** The next one behind a place, which is never before the one asked for the last time; the end of the text if there is none. */
  after(place: number): number {
    while (this.found <= place && this.found < this.text.length) this.found = this.find()
    return this.found
  }

  private find(): number {
    const { minColumn, maxColumn, opening } = this.rule
    for (
      let found = this.beginnings.exec(this.text);
      found !== null;
      found = this.beginnings.exec(this.text)
    ) {
      const column = found[1]?.length ?? 0
      const place = this.beginnings.lastIndex
      const isInReach = column >= minColumn && column <= maxColumn
      if (isInReach && this.text.startsWith(opening, place)) return place
    }
    return this.text.length
  }
}

/**
 * The place of the first line that begins another record, behind which the one before was cut; -1 if there is none. Lines in
 * brackets that are closed again were a part of the record, unless nothing but brackets that close follows.
 */
export function findNextRecord(text: string, rule: NextRecordRule): number {
  const records = new NextRecords(text, rule)
  const brackets = new BracketsAround()
  for (let at = 0; at < text.length; ) {
    const next = records.after(at)
    brackets.follow(text, at, next)
    if (next < text.length) brackets.mark(next)
    at = next
  }
  return brackets.marked
}

/** Follows brackets, and forgets a marked place where those around it are closed and something else follows. */
class BracketsAround {
  marked = -1
  private depth = 0
  private markedDepth = 0
  private isInString = false

  mark(place: number): void {
    if (this.marked >= 0 && this.depth >= this.markedDepth) return
    this.marked = place
    this.markedDepth = this.depth
  }

  follow(text: string, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at)
      if (this.isInString) {
        if (code === BACKSLASH && at + 1 < to) at++
        else if (code === QUOTE) this.isInString = false
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) this.depth--
      else if (!isBlank(code)) this.pass(codeAt(text, at))
    }
  }

  private pass(code: number): void {
    if (this.depth < this.markedDepth) this.marked = -1
    if (this.marked < 0) this.markedDepth = 0
    if (code === QUOTE) this.isInString = true
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) this.depth++
  }
}
