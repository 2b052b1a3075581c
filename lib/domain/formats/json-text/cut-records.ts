import { CR, LF, OPEN_BRACE, OPEN_BRACKET, skipBlanks } from './tokens'
import { JsonValueScanner } from './value-scanner'

/** Characters that may be scanned again whatever the length of the text. */
const FREELY = 64 * 1024

/** Finds where records were cut, and whole ones behind them were taken for parts of them. */
export class CutRecords {
  private again = 0

  /**
   * The place of the first whole record in a broken one, up to the fault, which stands at `offset` of the text; -1 if there is
   * none. It is to be scanned again: where records are cut again and again, a text is scanned twice at most.
   */
  find(broken: string, maxIndent: number, offset: number): number {
    const at = findWholeLine(broken, maxIndent)
    if (at < 0 || this.again + broken.length - at > offset + FREELY) return -1
    this.again += broken.length - at
    return at
  }
}

/**
 * The place of the first object or array that is whole on a line of its own, no further right than `maxIndent`, and before
 * another one or the end of the text; -1 if there is none. The first line is not looked at.
 */
function findWholeLine(text: string, maxIndent: number): number {
  let end = endOfLine(text, 0)
  while (end < text.length) {
    const begin = end + 1
    end = endOfLine(text, begin)
    const at = skipBlanks(text, begin)
    if (at < end && at - begin <= maxIndent && isWhole(text, at, end) && isOpeningOrEnd(text, end)) return at
  }
  return -1
}

function isWhole(text: string, begin: number, end: number): boolean {
  if (!isOpening(text, begin)) return false
  const line = text.slice(begin, end)
  const value = new JsonValueScanner()
  value.begin()
  const behind = value.scan(line, 0)
  return value.done && skipBlanks(line, behind) === line.length
}

function isOpeningOrEnd(text: string, from: number): boolean {
  const at = skipBlanks(text, from)
  return at === text.length || isOpening(text, at)
}

function isOpening(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === OPEN_BRACE || code === OPEN_BRACKET
}

function endOfLine(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at++
  return at
}
