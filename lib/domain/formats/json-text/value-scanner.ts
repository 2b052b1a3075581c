import {
  BACKSLASH,
  beginsNumber,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isBlank,
  isHexDigit,
  isPlainEscape,
  isWholeNumber,
  MAX_JSON_DEPTH,
  NUMBER,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  stepNumber,
  UNICODE_ESCAPE,
  wordBeginning,
} from './tokens'

type State =
  | 'value'
  | 'first-value'
  | 'first-name'
  | 'name'
  | 'colon'
  | 'after'
  | 'string'
  | 'escape'
  | 'hex'
  | 'number'
  | 'word'
  | 'deep'

const EXPECTED: Partial<Record<State, string>> = {
  value: 'a value',
  'first-value': 'a value or "]"',
  'first-name': 'a name in quotes or "}"',
  name: 'a name in quotes',
  colon: '":"',
  escape: 'an escape such as \\n or \\"',
  hex: 'four hexadecimal digits',
  number: 'a digit',
}

/** Finds the end of one JSON value in text that comes in pieces, however they are cut, and whether it is valid. */
export class JsonValueScanner {
  done = false
  /** What is wrong where `scan` stopped. */
  fault: string | undefined
  /** Some of it is nested deeper than is looked at: there, only its brackets and strings were followed. */
  tooDeep = false
  /** Containers that are open. */
  depth = 0
  private state: State = 'value'
  private stringIsName = false
  private number = NUMBER.begin
  private word = ''
  /** Characters of a word, or hexadecimal digits, that are behind. */
  private passed = 0
  private maxDepth = MAX_JSON_DEPTH
  /** Too deep to be looked at, nothing stands between here and the end of a value. */
  private isBehindDeep = false
  private readonly isObject = new Uint8Array(MAX_JSON_DEPTH + 1)

  /** The brackets that are open, outermost first; undefined where some are nested deeper than is looked at. */
  get openBrackets(): number[] | undefined {
    if (this.depth > this.maxDepth) return undefined
    const open = this.isObject.subarray(1, this.depth + 1)
    return Array.from(open, (isObject) => (isObject === 1 ? OPEN_BRACE : OPEN_BRACKET))
  }

  get isInString(): boolean {
    return this.state === 'string' || this.state === 'escape' || this.state === 'hex'
  }

  /** Begins a value that stands inside of so many containers. */
  begin(outerDepth = 0): void {
    this.done = false
    this.fault = undefined
    this.tooDeep = false
    this.depth = 0
    this.state = 'value'
    this.stringIsName = false
    this.maxDepth = MAX_JSON_DEPTH - outerDepth
  }

  /** Goes on from a place; gives the place where the value is done, its fault stands, or the text ends. */
  scan(text: string, from: number): number {
    let at = from
    while (at < text.length && !this.done && this.fault === undefined) {
      if (this.state === 'string') at = this.scanString(text, at)
      else if (this.state === 'deep') at = this.scanDeep(text, at)
      else if (this.state === 'number') at = this.scanNumber(text, at)
      else if (isBlank(text.charCodeAt(at)) && this.isBetweenTokens()) at++
      else if (this.step(text, at)) at++
    }
    return at
  }

  /** Tells that the text has ended. */
  end(): void {
    if (this.done || this.fault !== undefined) return
    if (this.state === 'number' && this.depth === 0 && isWholeNumber(this.number)) this.done = true
    else this.fault = 'the file ends in the middle of it'
  }

  private isBetweenTokens(): boolean {
    return this.state !== 'escape' && this.state !== 'hex' && this.state !== 'word'
  }

  /** Takes one character; false where it is not taken. */
  private step(text: string, at: number): boolean {
    const code = text.charCodeAt(at)
    switch (this.state) {
      case 'value':
      case 'first-value':
        return this.beginValue(text, at, code)
      case 'first-name':
      case 'name':
        return this.beginName(text, at, code)
      case 'colon':
        if (code !== COLON) return this.fail(text, at)
        this.state = 'value'
        return true
      case 'after':
        return this.goOn(text, at, code)
      case 'word':
        return this.stepWord(text, at)
      default:
        return this.stepEscape(text, at, code)
    }
  }

  private beginValue(text: string, at: number, code: number): boolean {
    if (code === QUOTE) this.state = 'string'
    else if (code === OPEN_BRACE) this.open(1)
    else if (code === OPEN_BRACKET) this.open(0)
    else if (code === CLOSE_BRACKET && this.state === 'first-value') this.close()
    else if (beginsNumber(code)) {
      this.state = 'number'
      this.number = stepNumber(NUMBER.begin, code)
    } else {
      const word = wordBeginning(code)
      if (word === undefined) return this.fail(text, at)
      this.state = 'word'
      this.word = word
      this.passed = 1
    }
    return true
  }

  private beginName(text: string, at: number, code: number): boolean {
    if (code === QUOTE) {
      this.stringIsName = true
      this.state = 'string'
    } else if (code === CLOSE_BRACE && this.state === 'first-name') this.close()
    else return this.fail(text, at)
    return true
  }

  private goOn(text: string, at: number, code: number): boolean {
    const inObject = this.isObject[this.depth] === 1
    if (code === COMMA) this.state = inObject ? 'name' : 'value'
    else if (code === (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) this.close()
    else return this.fail(text, at, inObject ? '"," or "}"' : '"," or "]"')
    return true
  }

  private open(isObject: 0 | 1): void {
    this.depth++
    if (this.depth > this.maxDepth) {
      this.tooDeep = true
      this.state = 'deep'
      this.isBehindDeep = false
      return
    }
    this.isObject[this.depth] = isObject
    this.state = isObject === 1 ? 'first-name' : 'first-value'
  }

  private close(): void {
    this.depth--
    this.endValue()
  }

  private endValue(): void {
    if (this.depth > this.maxDepth) {
      this.state = 'deep'
      this.isBehindDeep = true
    } else if (this.depth === 0) this.done = true
    else this.state = 'after'
  }

  private scanString(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) {
        this.endString()
        return at + 1
      }
      if (code === BACKSLASH) {
        this.state = 'escape'
        return at + 1
      }
      if (code < 32) {
        this.fault = code === 10 || code === 13 ? 'a string does not end on its line' : CONTROL_CHARACTER
        return at
      }
    }
    return text.length
  }

  private endString(): void {
    if (this.stringIsName) this.state = 'colon'
    else this.endValue()
    this.stringIsName = false
  }

  private stepEscape(text: string, at: number, code: number): boolean {
    if (this.state === 'hex') {
      if (!isHexDigit(code)) return this.fail(text, at)
      this.passed++
      if (this.passed === 4) this.state = 'string'
    } else if (code === UNICODE_ESCAPE) {
      this.state = 'hex'
      this.passed = 0
    } else if (isPlainEscape(code)) this.state = 'string'
    else return this.fail(text, at)
    return true
  }

  private scanNumber(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const next = stepNumber(this.number, text.charCodeAt(at))
      if (next < 0) {
        if (isWholeNumber(this.number)) this.endValue()
        else this.fail(text, at)
        return at
      }
      this.number = next
    }
    return text.length
  }

  private stepWord(text: string, at: number): boolean {
    if (text[at] !== this.word[this.passed]) return this.fail(text, at, `the word ${this.word}`)
    this.passed++
    if (this.passed === this.word.length) this.endValue()
    return true
  }

  private scanDeep(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        this.close()
        if (this.state !== 'deep') return at + 1
      } else if (code === QUOTE || code === OPEN_BRACE || code === OPEN_BRACKET) {
        if (this.isBehindDeep) {
          this.fail(text, at, '","')
          return at
        }
        if (code === QUOTE) {
          this.state = 'string'
          return at + 1
        }
        this.depth++
      } else if (!isBlank(code)) this.isBehindDeep = false
    }
    return text.length
  }

  private fail(text: string, at: number, expected = EXPECTED[this.state] ?? 'something else'): false {
    this.fault = unexpected(expected, text, at)
    return false
  }
}

const CONTROL_CHARACTER = 'a control character stands in a string'

/** Says what was expected at a place, and what is there. */
export function unexpected(expected: string, text: string, at: number): string {
  return `${expected} was expected, not ${nameCharacter(text, at)}`
}

function nameCharacter(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0
  if (code === 10 || code === 13) return 'the end of the line'
  if (code < 32 || (code >= 127 && code < 160)) {
    return `the control character U+${code.toString(16).padStart(4, '0').toUpperCase()}`
  }
  const character = String.fromCodePoint(code).toWellFormed()
  return character === '"' ? 'a quote' : `"${character}"`
}
