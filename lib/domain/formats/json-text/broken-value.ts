import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  CR,
  isBlank,
  LF,
  MAX_JSON_DEPTH,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './tokens'
import type { JsonValueScanner } from './value-scanner'

/** What stands behind a value: the comma or end of a list, the next value or the line's end, or the rest of an object or array. */
type ValuePlace = 'list' | 'top' | 'ignored'

/** What is left of a value in which a fault was found; undefined where it is nested too deep to be followed. */
export function brokenValue(scanner: JsonValueScanner, place: ValuePlace): BrokenValue | undefined {
  const open = scanner.openBrackets
  return open && new BrokenValue(open, scanner.isInString, place)
}

/** Finds the end of a value behind a fault in it, by its brackets and strings alone. */
export class BrokenValue {
  private isEscaped = false
  private isClosed = false

  /** `open` are the brackets that are open at the fault, outermost first. */
  constructor(
    private readonly open: number[],
    private isInString: boolean,
    private readonly place: ValuePlace,
  ) {}

  /** Takes the next character; true where the value has ended before it, and something follows that may stand behind it. */
  endsBefore(code: number): boolean {
    if (this.isInString) this.goOnInString(code)
    else if (this.hasEnded && this.follows(code)) return true
    else if (code === QUOTE) this.isInString = true
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) this.goDown(code)
    else if (code === CLOSE_BRACE) this.close(OPEN_BRACE)
    else if (code === CLOSE_BRACKET) this.close(OPEN_BRACKET)
    if (!isBlank(code) && code !== CLOSE_BRACE && code !== CLOSE_BRACKET) this.isClosed = false
    return false
  }

  /** What is ignored may be a single word or number, whose end is told by what follows. */
  private get hasEnded(): boolean {
    return this.isClosed || (this.place === 'ignored' && this.open.length === 0)
  }

  private follows(code: number): boolean {
    const isEnd = code === COMMA || code === CLOSE_BRACKET
    if (this.place === 'list') return isEnd
    if (this.place === 'ignored') return isEnd || code === CLOSE_BRACE
    return code === OPEN_BRACE || code === OPEN_BRACKET || code === LF || code === CR
  }

  private goOnInString(code: number): void {
    if (this.isEscaped) this.isEscaped = false
    else if (code === BACKSLASH) this.isEscaped = true
    // A string that does not end on its line lacks its quote.
    else if (code === QUOTE || code === LF || code === CR) this.isInString = false
  }

  private goDown(code: number): void {
    if (this.open.length < MAX_JSON_DEPTH) this.open.push(code)
  }

  /** Closes the innermost of its kind, with all in it whose end is missing. */
  private close(kind: number): void {
    const at = this.open.lastIndexOf(kind)
    if (at < 0) return
    this.open.length = at
    this.isClosed = at === 0
  }
}
