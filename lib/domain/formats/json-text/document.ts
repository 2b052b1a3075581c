import type { PassedPlace } from './line-position'
import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './tokens'
import { unexpected } from './value-scanner'

/** What begins at a character: a part of the document's own structure, or something that is read as a whole. */
export type Found = 'structure' | 'record' | 'ignored' | 'name' | 'fault'

/** An object or array around the records. */
interface Frame {
  isObject: boolean
  /** How many names of the root path lead here. */
  level: number
}

type State = 'value' | 'first-value' | 'first-name' | 'name' | 'colon' | 'after'

const EXPECTED: Partial<Record<State, string>> = {
  value: 'a value',
  'first-name': 'a name in quotes or "}"',
  name: 'a name in quotes',
  colon: '":"',
}

/**
 * Follows what stands around the records: the top level, and the objects and arrays on the way of the root path. Arrays
 * on the way are gone through; a file that begins with an array holds its records in it.
 */
export class JsonDocument {
  /** Something stood at the end of the root path. */
  reached = false
  fault = ''
  /** Characters before it on its line. */
  column = 0
  private state: State = 'value'
  private readonly frames: Frame[] = []
  private isWanted = false
  private listsAtTop: boolean | undefined

  constructor(private readonly path: readonly string[]) {}

  get isOpen(): boolean {
    return this.frames.length > 0
  }

  /** Records stand here one after another, separated by commas. */
  get isList(): boolean {
    const top = this.frames.at(-1)
    return top !== undefined && !top.isObject && top.level === this.path.length
  }

  /** A place stands as far left on its line as the document itself, with nothing before it. */
  isAsFarLeft({ isIndent, column }: Pick<PassedPlace, 'isIndent' | 'column'>): boolean {
    return isIndent && column <= this.column
  }

  /** Looks at a character that is not blank; `structure` was taken, anything else begins there. */
  take(text: string, at: number): Found {
    const code = text.charCodeAt(at)
    switch (this.state) {
      case 'value':
      case 'first-value':
        return this.beginValue(text, at, code)
      case 'first-name':
      case 'name':
        if (code === QUOTE) return 'name'
        return code === CLOSE_BRACE && this.state === 'first-name' ? this.close() : this.fail(text, at)
      case 'colon':
        return code === COLON ? this.to('value') : this.fail(text, at)
      case 'after':
        return this.goOn(text, at, code)
    }
  }

  endName(name: string | undefined): void {
    this.isWanted = name === this.path[this.frames.at(-1)?.level ?? 0]
    this.state = 'colon'
  }

  endValue(): void {
    this.state = this.isOpen ? 'after' : 'value'
  }

  /** Goes on behind a fault; `code` is what stands there. */
  resume(code: number): void {
    this.state = this.isList && (code === COMMA || code === CLOSE_BRACKET) ? 'after' : 'value'
  }

  /** Leaves all that is open. */
  leave(): void {
    this.frames.length = 0
    this.state = 'value'
  }

  private beginValue(text: string, at: number, code: number): Found {
    const top = this.frames.at(-1)
    if (code === CLOSE_BRACKET && this.state === 'first-value') return this.close()
    if (top !== undefined && (code === CLOSE_BRACKET || code === COMMA)) return this.fail(text, at)
    if (top?.isObject && !this.isWanted) return 'ignored'
    const level = top === undefined ? 0 : top.level + (top.isObject ? 1 : 0)
    if (level < this.path.length) return this.goDown(level, code, top)
    this.reached = true
    this.listsAtTop ??= code === OPEN_BRACKET
    const isList = top === undefined ? this.listsAtTop : top.isObject
    if (code === OPEN_BRACKET && isList) return this.open({ isObject: false, level })
    // A null in place of the records says that there are none.
    return code === LETTER_N && top?.isObject ? 'ignored' : 'record'
  }

  private goDown(level: number, code: number, top: Frame | undefined): Found {
    if (code === OPEN_BRACE) return this.open({ isObject: true, level })
    const goesThrough = code === OPEN_BRACKET && (top === undefined || top.isObject)
    return goesThrough ? this.open({ isObject: false, level }) : 'ignored'
  }

  private goOn(text: string, at: number, code: number): Found {
    const isObject = this.frames.at(-1)?.isObject === true
    if (code === COMMA) return this.to(isObject ? 'name' : 'value')
    if (code === (isObject ? CLOSE_BRACE : CLOSE_BRACKET)) return this.close()
    return this.fail(text, at, isObject ? '"," or "}"' : '"," or "]"')
  }

  private open(frame: Frame): Found {
    this.frames.push(frame)
    return this.to(frame.isObject ? 'first-name' : 'first-value')
  }

  private close(): Found {
    this.frames.pop()
    this.endValue()
    return 'structure'
  }

  private to(state: State): Found {
    this.state = state
    return 'structure'
  }

  private fail(text: string, at: number, expected = EXPECTED[this.state] ?? 'a value'): Found {
    this.fault = unexpected(expected, text, at)
    return 'fault'
  }
}

const LETTER_N = 110
