import { MAX_HELD_CHARS } from './json-text/held-text'
import {
  beginsNumber,
  CLOSE_BRACE,
  COLON,
  COMMA,
  codeAt,
  endOfNumber,
  endOfString,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipBlanks,
  wordBeginning,
} from './json-text/tokens'
import { JsonValueScanner } from './json-text/value-scanner'
import type { JsonNode } from './json-tree'

/** A name at its place in the records. */
interface KnownName {
  /** In quotes, as it is usually written. */
  token: string
  /** Of its value, where that is no object that is taken apart; -1 if it always was. */
  column: number
  /** Whether an object here is taken apart; undefined if there was none yet. */
  opens: boolean | undefined
  members: Map<string, KnownName>
  /** The first of its members the last time, and the one behind it among the others. */
  first: KnownName | undefined
  next: KnownName | undefined
  /** The record that it was seen in last. */
  seenIn: number
}

/**
 * Reads records that are made like earlier ones in one go: most have the same names in the same order. Whatever is new or
 * unusual in one (a name, a name twice, a fault, an end that is not in the text yet) is left to the careful way.
 */
export class JsonShape {
  private readonly root = newName('')
  private readonly nested = new JsonValueScanner()
  private readonly required: readonly string[]
  private record = 0
  private places: number[] = []
  /** Behind the name that was found last. */
  private nameEnd = 0

  /** @param required the names that lead to what every record of this kind has */
  constructor(required: readonly string[] = []) {
    this.required = required.map((name) => JSON.stringify(name))
  }

  /** Learns the names of a record that stands in a text, with the columns of its values. */
  learn(text: string, record: JsonNode, columns: ReadonlyMap<JsonNode, number>): void {
    learnMembers(this.root, text, record, columns)
  }

  /**
   * Reads the object that begins at `from`: gives its end and adds column, start and end of each value to `places`, or gives
   * -1 and adds nothing.
   */
  read(text: string, from: number, places: number[]): number {
    const before = places.length
    this.places = places
    this.record++
    const end = this.readMembers(text, from, this.root, 1)
    if (end >= 0 && end - from <= MAX_HELD_CHARS && this.hasRequired()) return end
    places.length = before
    return -1
  }

  private hasRequired(): boolean {
    let name: KnownName | undefined = this.root
    for (const token of this.required) name = name?.members.get(token)
    return name === this.root || name?.seenIn === this.record
  }

  /** `depth` counts the objects around the members, this one included. */
  private readMembers(text: string, from: number, object: KnownName, depth: number): number {
    let at = skipBlanks(text, from + 1)
    if (codeAt(text, at) === CLOSE_BRACE) return at + 1
    let previous: KnownName | undefined
    for (;;) {
      const name = this.findName(text, at, object, previous)
      if (name === undefined || name.seenIn === this.record) return -1
      name.seenIn = this.record
      previous = name
      at = skipBlanks(text, this.nameEnd)
      if (codeAt(text, at) !== COLON) return -1
      at = this.readValue(text, skipBlanks(text, at + 1), name, depth)
      if (at < 0) return -1
      at = skipBlanks(text, at)
      const code = codeAt(text, at)
      if (code === CLOSE_BRACE) return at + 1
      if (code !== COMMA) return -1
      at = skipBlanks(text, at + 1)
    }
  }

  /** Tries the name that stood here the last time before looking for any other. */
  private findName(
    text: string,
    at: number,
    object: KnownName,
    previous: KnownName | undefined,
  ): KnownName | undefined {
    const guess = previous === undefined ? object.first : previous.next
    if (guess !== undefined && text.startsWith(guess.token, at)) {
      this.nameEnd = at + guess.token.length
      return guess
    }
    if (codeAt(text, at) !== QUOTE) return undefined
    this.nameEnd = endOfString(text, at)
    if (this.nameEnd < 0) return undefined
    const name = object.members.get(text.slice(at, this.nameEnd))
    if (previous === undefined) object.first = name
    else previous.next = name
    return name
  }

  private readValue(text: string, at: number, name: KnownName, depth: number): number {
    if (codeAt(text, at) !== OPEN_BRACE)
      return this.addPlace(name.column, at, this.endOfValue(text, at, depth))
    if (name.opens === undefined) return -1
    if (!name.opens) return this.addPlace(name.column, at, this.endOfNested(text, at, depth))
    const before = this.places.length
    const end = this.readMembers(text, at, name, depth + 1)
    // An empty object is a value, like any other that gives no columns of its own.
    return end < 0 || this.places.length > before ? end : this.addPlace(name.column, at, end)
  }

  private addPlace(column: number, start: number, end: number): number {
    if (column < 0 || end < 0) return -1
    this.places.push(column, start, end)
    return end
  }

  private endOfValue(text: string, at: number, depth: number): number {
    const code = codeAt(text, at)
    if (code === QUOTE) return endOfString(text, at)
    if (code === OPEN_BRACKET) return this.endOfNested(text, at, depth)
    if (beginsNumber(code)) return endOfNumber(text, at)
    const word = wordBeginning(code)
    return word !== undefined && text.startsWith(word, at) ? at + word.length : -1
  }

  private endOfNested(text: string, at: number, depth: number): number {
    this.nested.begin(depth)
    const end = this.nested.scan(text, at)
    return this.nested.done && !this.nested.tooDeep ? end : -1
  }
}

const newName = (token: string): KnownName => ({
  token,
  column: -1,
  opens: undefined,
  members: new Map(),
  first: undefined,
  next: undefined,
  seenIn: 0,
})

function learnMembers(
  object: KnownName,
  text: string,
  node: JsonNode,
  columns: ReadonlyMap<JsonNode, number>,
): void {
  for (const [memberName, member] of node.members ?? []) {
    const token = JSON.stringify(memberName)
    let name = object.members.get(token)
    if (name === undefined) {
      name = newName(token)
      object.members.set(token, name)
    }
    const column = columns.get(member)
    if (hasMembers(text, member.start)) name.opens = column === undefined
    if (column === undefined) learnMembers(name, text, member, columns)
    else name.column = column
  }
}

const hasMembers = (text: string, start: number): boolean =>
  codeAt(text, start) === OPEN_BRACE && codeAt(text, skipBlanks(text, start + 1)) !== CLOSE_BRACE
