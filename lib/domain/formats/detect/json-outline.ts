import { escapeName } from '../root-path'

/** An array that stands below objects only, by the names that lead to it. */
export interface OutlineArray {
  /** Names joined by `.`; `''` = the whole value. */
  path: string
  /** Elements that are whole objects, and the rest. */
  objects: number
  others: number
  /** How much of the text it takes. */
  chars: number
  /** Where its first objects stand. */
  spans: [start: number, end: number][]
}

/** What the beginning of a text holds, read as JSON. */
export interface JsonOutline {
  /** Whole values at the top, and of those objects. */
  values: number
  objects: number
  /** Where the first objects at the top stand. */
  spans: [start: number, end: number][]
  /** Up to where the text is JSON; its length when it is so as far as it goes. */
  readChars: number
  arrays: OutlineArray[]
  /** A value is open where the text ends. */
  open: boolean
}

interface Frame {
  isArray: boolean
  start: number
  /** The array that its elements are counted in. */
  array: OutlineArray | undefined
  /** Names down to here; undefined inside of arrays, where no root path leads. */
  path: string[] | undefined
  key: string
}

const MAX_SPANS = 50
const MAX_ARRAYS = 50
const MAX_DEPTH = 200
const SPACE = /[ \t\r\n]*/y
const ATOM = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
/** The beginning of one, where the text ends within. */
const CUT_ATOM = /(?:-|-?\d[\d.eE+-]*|t|tr|tru|f|fa|fal|fals|n|nu|nul)$/y
const QUOTE = 34
const BACKSLASH = 92

/** Reads a text as JSON as far as it is so, in one pass and without building values. A text may end anywhere. */
export function outlineJson(text: string): JsonOutline {
  return new Outliner(text).run()
}

class Outliner {
  private at = 0
  private readonly stack: Frame[] = []
  private readonly outline: JsonOutline = {
    values: 0,
    objects: 0,
    spans: [],
    readChars: 0,
    arrays: [],
    open: false,
  }

  constructor(private readonly text: string) {}

  run(): JsonOutline {
    this.skipSpace()
    while (this.at < this.text.length && this.step()) this.skipSpace()
    const { outline } = this
    outline.readChars = this.at
    outline.open = this.stack.length > 0
    for (const frame of this.stack) {
      if (frame.array !== undefined && frame.isArray) frame.array.chars = this.at - frame.start
    }
    return outline
  }

  /** Takes one token; false where it is none. */
  private step(): boolean {
    const top = this.stack.at(-1)
    const char = this.text[this.at]
    if (top === undefined) return this.begin(undefined)
    if (char === (top.isArray ? ']' : '}')) return this.end(top)
    if (!this.isFirst && char !== ',') return false
    if (!this.isFirst) {
      this.at++
      this.skipSpace()
    }
    this.isFirst = false
    if (this.at >= this.text.length) return false
    return top.isArray ? this.begin(top) : this.member(top)
  }

  /** Nothing stands in the open object or array yet. */
  private isFirst = false

  private member(top: Frame): boolean {
    const start = this.at
    if (!this.skipString()) return false
    if (this.at >= this.text.length) return true
    // Only names that may lead to a root path are worth their unescaping.
    if (top.path !== undefined) top.key = unquote(this.text.slice(start, this.at))
    this.skipSpace()
    if (this.at >= this.text.length) return true
    if (this.text[this.at] !== ':') return false
    this.at++
    this.skipSpace()
    return this.at >= this.text.length || this.begin(top)
  }

  /** Begins a value: takes it if it is no object or array. */
  private begin(parent: Frame | undefined): boolean {
    const char = this.text[this.at]
    if (char === '{' || char === '[') return this.open(parent, char === '[')
    const start = this.at
    const isTaken = char === '"' ? this.skipString() : this.skipAtom()
    if (isTaken && (this.at > start || this.at >= this.text.length)) this.complete(parent, start, false)
    return isTaken
  }

  private open(parent: Frame | undefined, isArray: boolean): boolean {
    if (this.stack.length >= MAX_DEPTH) return false
    const path =
      parent === undefined
        ? []
        : parent.isArray || parent.path === undefined
          ? undefined
          : [...parent.path, parent.key]
    const array = isArray && path !== undefined ? this.arrayAt(path.map(escapeName).join('.')) : undefined
    this.stack.push({ isArray, start: this.at, array, path, key: '' })
    this.at++
    this.isFirst = true
    return true
  }

  private arrayAt(path: string): OutlineArray | undefined {
    const { arrays } = this.outline
    const known = arrays.find((array) => array.path === path)
    if (known !== undefined || arrays.length >= MAX_ARRAYS) return known
    const array: OutlineArray = { path, objects: 0, others: 0, chars: 0, spans: [] }
    arrays.push(array)
    return array
  }

  private end(top: Frame): boolean {
    this.at++
    this.isFirst = false
    this.stack.pop()
    if (top.array !== undefined) top.array.chars += this.at - top.start
    this.complete(this.stack.at(-1), top.start, !top.isArray)
    return true
  }

  private complete(parent: Frame | undefined, start: number, isObject: boolean): void {
    const span: [number, number] = [start, this.at]
    if (parent === undefined) {
      this.outline.values++
      if (isObject) this.outline.objects++
      if (isObject && this.outline.spans.length < MAX_SPANS) this.outline.spans.push(span)
    } else if (parent.isArray && parent.array !== undefined) {
      if (isObject) parent.array.objects++
      else parent.array.others++
      if (isObject && parent.array.spans.length < MAX_SPANS) parent.array.spans.push(span)
    }
  }

  private skipSpace(): void {
    SPACE.lastIndex = this.at
    SPACE.test(this.text)
    this.at = SPACE.lastIndex
  }

  private skipAtom(): boolean {
    const start = this.at
    const isAtom = this.skip(ATOM)
    if (isAtom && !/[.eE+-]/.test(this.text[this.at] ?? '')) return true
    // A number that the text ends in may look whole some characters earlier.
    const end = this.at
    this.at = start
    if (this.skip(CUT_ATOM)) return true
    this.at = end
    return isAtom
  }

  /** A string that the text ends in counts as taken; one that holds a line end is none. */
  private skipString(): boolean {
    const { text } = this
    if (text[this.at] !== '"') return false
    for (let at = this.at + 1; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === BACKSLASH) at++
      else if (code < 32) return false
      else if (code === QUOTE) {
        this.at = at + 1
        return true
      }
    }
    this.at = text.length
    return true
  }

  private skip(token: RegExp): boolean {
    token.lastIndex = this.at
    if (!token.test(this.text)) return false
    this.at = token.lastIndex
    return true
  }
}

function unquote(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal.slice(1, -1)
  }
}
