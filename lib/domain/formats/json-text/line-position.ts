import { CR, LF } from './tokens'

/** A place that was passed. */
export interface PassedPlace {
  line: number
  column: number
  isIndent: boolean
  afterCr: boolean
}

/** Knows the line and character of places in text that comes in pieces; `\n`, `\r\n` and `\r` end lines. */
export class LinePosition {
  /** From 1. */
  line = 1
  /** Characters between the begin of the line and the place, from 0. */
  column = 0
  /** Nothing but spaces and tabs stand before the place on its line. */
  isIndent = true
  private at = 0
  private afterCr = false
  /** The next of each in the piece, looked for once: -1 while unknown. */
  private nextLf = -1
  private nextCr = -1

  /** The place as it stands, to come back to. */
  get passed(): PassedPlace {
    const { line, column, isIndent, afterCr } = this
    return { line, column, isIndent, afterCr }
  }

  /** Goes back to a place, which stands at `at` of a piece. */
  goBack(place: PassedPlace, at: number): void {
    Object.assign(this, place, { at, nextLf: -1, nextCr: -1 })
  }

  /** Goes on to a later place in the piece. */
  moveTo(text: string, to: number): void {
    let start = this.at
    if (start >= to) return
    if (this.afterCr && text.charCodeAt(start) === LF) start++
    this.afterCr = false
    for (let end = this.nextEnd(text, start); end < to; end = this.nextEnd(text, start)) {
      this.line++
      this.column = 0
      this.isIndent = true
      const isCr = text.charCodeAt(end) === CR
      start = isCr && end + 1 < to && text.charCodeAt(end + 1) === LF ? end + 2 : end + 1
      this.afterCr = isCr && end + 1 === to
    }
    this.column += Math.max(0, to - start)
    this.isIndent &&= /^[ \t]*$/.test(text.slice(start, to))
    this.at = to
  }

  /** Ends the piece. */
  endPiece(text: string): void {
    this.moveTo(text, text.length)
    this.at = 0
    this.nextLf = -1
    this.nextCr = -1
  }

  private nextEnd(text: string, from: number): number {
    if (this.nextLf < from) this.nextLf = placeOf('\n', text, from)
    if (this.nextCr < from) this.nextCr = placeOf('\r', text, from)
    return Math.min(this.nextLf, this.nextCr)
  }
}

/** How many lines end in a text. */
export function countLineEnds(text: string): number {
  const position = new LinePosition()
  position.moveTo(text, text.length)
  return position.line - 1
}

function placeOf(character: string, text: string, from: number): number {
  const at = text.indexOf(character, from)
  return at < 0 ? Number.MAX_SAFE_INTEGER : at
}
