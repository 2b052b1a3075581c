import type { BrokenValue } from './broken-value'
import { CLOSE_BRACKET, COMMA, CR, LF, OPEN_BRACE, OPEN_BRACKET } from './tokens'

export interface ResumptionRules {
  /** Column of what is broken: what stands further right is taken for a part of it. */
  maxIndent: number
  /** Lines that begin with anything else are tried as well: what is broken was not inside of an object or array. */
  anyLine: boolean
  /** Commas and the end of the array are looked for as well. */
  inList: boolean
  /** Blanks before the fault, where nothing else stands before it on its line. */
  indent: number | undefined
  /** What is broken, where its end is looked for as well. */
  value: BrokenValue | undefined
  /** A line that begins no further right stands behind the whole document. */
  leavesAt: number
}

/** Looks for the place at which reading can go on behind a fault, in text that comes in pieces. */
export class Resumption {
  /** Blanks since the begin of the line; undefined behind something else, and behind the end of what is broken. */
  indent: number | undefined
  private isFaultLine = true
  private isOpening = false

  constructor(private readonly rules: ResumptionRules) {
    this.indent = rules.indent
  }

  /** Whether what was found stands behind the whole document that is open. */
  get leaves(): boolean {
    return this.isOpening && this.indent !== undefined && this.indent <= this.rules.leavesAt
  }

  /** The place to go on at, or -1 if it is not in this piece. */
  find(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (this.rules.value?.endsBefore(code) === true) {
        this.indent = undefined
        return at
      }
      if (code === LF || code === CR) {
        this.indent = 0
        this.isFaultLine = false
      } else if (this.indent !== undefined) {
        if (code === SPACE || code === TAB) this.indent++
        else if (this.accepts(code)) return at
        else this.indent = undefined
      }
    }
    return -1
  }

  private accepts(code: number): boolean {
    const { maxIndent, anyLine, inList } = this.rules
    if (this.indent === undefined || this.indent > maxIndent) return false
    this.isOpening = code === OPEN_BRACE || code === OPEN_BRACKET
    if (this.isOpening) return true
    if (inList && (code === COMMA || code === CLOSE_BRACKET)) return true
    return anyLine && !this.isFaultLine
  }
}

const SPACE = 32
const TAB = 9
