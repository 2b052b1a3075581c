import { type HeldSizes, HeldText } from './held-text'
import { CR, LF, OPEN_BRACE, OPEN_BRACKET, skipBlanks } from './tokens'
import { JsonValueScanner } from './value-scanner'

/** An object or array that stands alone on its line. */
export interface WholeLine {
  value: HeldText
  /** Blanks behind it, line ends among them. */
  behind: HeldText
  /** Blanks before it on its line. */
  column: number
}

/**
 * Looks whether the last line of a text that comes in pieces, which is not blank, is a whole object or array. Lines that begin
 * further right than a column are not, nor is the first.
 */
export class LastLine {
  private line: WholeLine | undefined
  private readonly value = new JsonValueScanner()
  /** Blanks since the begin of the line; undefined behind something else. */
  private indent: number | undefined

  constructor(
    private readonly maxColumn: number,
    private readonly sizes: HeldSizes,
  ) {}

  /** The last line; undefined if it is none. */
  get found(): WholeLine | undefined {
    return this.value.done ? this.line : undefined
  }

  /** What is in memory of it, in UTF-16 units, without the begin of what is too large. */
  get heldChars(): number {
    const value = this.line?.value
    return value === undefined || value.isTooLarge ? 0 : value.chars
  }

  add(part: string): void {
    for (let at = 0; at < part.length; ) {
      const end = endOfLine(part, at)
      if (this.indent !== undefined) this.addIndent(part, at, end)
      else if (this.line !== undefined) this.goOn(part, at, end)
      if (end < part.length) this.endLine(part, end)
      at = end + 1
    }
  }

  private addIndent(part: string, from: number, end: number): void {
    const at = Math.min(end, skipBlanks(part, from))
    this.indent = (this.indent ?? 0) + at - from
    if (at < end) this.begin(part, at, end, this.indent)
    else this.line?.behind.add(part.slice(from, end))
  }

  private begin(part: string, at: number, end: number, column: number): void {
    const code = part.charCodeAt(at)
    const mayBegin = column <= this.maxColumn && (code === OPEN_BRACE || code === OPEN_BRACKET)
    this.indent = undefined
    this.line = mayBegin
      ? { value: new HeldText(this.sizes), behind: new HeldText(this.sizes), column }
      : undefined
    if (this.line === undefined) return
    this.value.begin()
    this.goOn(part, at, end)
  }

  private goOn(part: string, from: number, end: number): void {
    const { line, value } = this
    if (line === undefined) return
    const text = part.slice(from, end)
    const behind = value.scan(text, 0)
    if (value.fault !== undefined || skipBlanks(text, behind) < text.length) this.line = undefined
    else {
      line.value.add(text.slice(0, behind))
      line.behind.add(text.slice(behind))
    }
  }

  private endLine(part: string, end: number): void {
    if (this.indent === undefined && !this.value.done) this.line = undefined
    this.line?.behind.add(part.charAt(end))
    this.indent = 0
  }
}

function endOfLine(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at++
  return at
}
