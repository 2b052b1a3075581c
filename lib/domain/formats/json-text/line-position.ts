import { CR, LF } from './tokens'

/** Knows the line and character of places in text that comes in pieces; `\n`, `\r\n` and `\r` end lines. Places only go forward. */
export class LinePosition {
  /** From 1. */
  line = 1
  /** Characters between the begin of the line and the place, from 0. */
  column = 0
  /** Nothing but spaces and tabs stand before the place on its line. */
  isIndent = true
  private at = 0
  private afterCr = false

  /** Goes on to a later place in the piece. */
  moveTo(text: string, to: number): void {
    let start = this.at
    if (start >= to) return
    if (this.afterCr && text.charCodeAt(start) === LF) start++
    this.afterCr = false
    for (let end = nextLineEnd(text, start, to); end >= 0; end = nextLineEnd(text, start, to)) {
      this.line++
      this.column = 0
      this.isIndent = true
      const isCr = text.charCodeAt(end) === CR
      start = isCr && end + 1 < to && text.charCodeAt(end + 1) === LF ? end + 2 : end + 1
      this.afterCr = isCr && start === to
    }
    this.column += Math.max(0, to - start)
    this.isIndent &&= /^[ \t]*$/.test(text.slice(start, to))
    this.at = to
  }

  /** Ends the piece. */
  endPiece(text: string): void {
    this.moveTo(text, text.length)
    this.at = 0
  }
}

/** Looks for both ends only as far as needed: in most files there is no `\r`. */
function nextLineEnd(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === LF || code === CR) return at
  }
  return -1
}
