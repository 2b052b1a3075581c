import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  codeAt,
  isBlank,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipBlanks,
} from './json-text/tokens'

/** A value of a JSON text by its place, with its members as far as they are looked at. */
export interface JsonNode {
  start: number
  end: number
  /** In order of appearance; undefined for what is no object, is empty, or is deeper than asked. */
  members: Map<string, JsonNode> | undefined
  /** The first name that this object has twice, if its members are looked at: the last value counts. */
  repeated: string | undefined
}

/**
 * Takes the objects of so many levels apart; the text from `start` on has to be valid JSON.
 * @example readTree('{"a":{"b":1}}', 0, 1) // members "a", whose own are not looked at
 */
export function readTree(text: string, start: number, levels: number): JsonNode {
  if (levels > 0 && codeAt(text, start) === OPEN_BRACE) return readMembers(text, start, levels)
  return { start, end: endOfValue(text, start), members: undefined, repeated: undefined }
}

function readMembers(text: string, start: number, levels: number): JsonNode {
  const members = new Map<string, JsonNode>()
  let repeated: string | undefined
  let at = skipBlanks(text, start + 1)
  while (codeAt(text, at) !== CLOSE_BRACE) {
    const nameEnd = endOfValue(text, at)
    const name = decodeString(text, at, nameEnd)
    const member = readTree(text, skipBlanks(text, skipBlanks(text, nameEnd) + 1), levels - 1)
    if (members.has(name)) repeated ??= name
    members.set(name, member)
    at = skipBlanks(text, member.end)
    if (codeAt(text, at) === COMMA) at = skipBlanks(text, at + 1)
  }
  return { start, end: at + 1, members: members.size > 0 ? members : undefined, repeated }
}

/** The place behind a value that is known to be valid. */
function endOfValue(text: string, start: number): number {
  const code = codeAt(text, start)
  if (code === QUOTE) return behindString(text, start)
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return behindContainer(text, start)
  let at = start
  while (at < text.length && !endsScalar(codeAt(text, at))) at++
  return at
}

const endsScalar = (code: number): boolean =>
  code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || isBlank(code)

function behindString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && codeAt(text, at) !== QUOTE) at += codeAt(text, at) === BACKSLASH ? 2 : 1
  return at + 1
}

function behindContainer(text: string, start: number): number {
  let depth = 0
  let at = start
  while (at < text.length) {
    const code = codeAt(text, at)
    if (code === QUOTE) {
      at = behindString(text, at)
      continue
    }
    at++
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth--
      if (depth === 0) return at
    }
  }
  return at
}

/** The text that a valid string of JSON stands for; half a character pair in it becomes U+FFFD. */
export function decodeString(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1)
  return inner.includes('\\') ? (JSON.parse(`"${inner}"`) as string).toWellFormed() : inner
}

/** A valid value as text: a string without its quotes, null as null, anything else exactly as it stands there. */
export function valueText(text: string, start: number, end: number): string | null {
  const code = codeAt(text, start)
  if (code === QUOTE) return decodeString(text, start, end)
  return code === LETTER_N ? null : text.slice(start, end)
}

const LETTER_N = 110
