import { fail, ok, type Result } from '../result'

/** One event as its node sent it, on one line, and where it stood. */
export interface SentEvent {
  /** From 1: the line of NDJSON, or the place in the array. */
  place: number
  text: string
}

/** A request whose events are not on lines of their own is an array: `[{…},{…}]`. */
export const isArrayBody = (body: string): boolean => /^\s*\[/.test(body)

/**
 * Splits a request body into its events without touching their text: numbers, escapes and the order of keys stay.
 * Empty lines are passed over but counted.
 * @example splitEvents('{"message":{}}\n\n{"message":{}}') // places 1 and 3
 */
export function splitEvents(body: string): Result<SentEvent[]> {
  return isArrayBody(body) ? splitArray(body) : ok(splitLines(body))
}

function splitLines(body: string): SentEvent[] {
  const events: SentEvent[] = []
  let place = 0
  for (const line of body.split('\n')) {
    place += 1
    const text = line.trim()
    if (text !== '') events.push({ place, text })
  }
  return events
}

function splitArray(body: string): Result<SentEvent[]> {
  try {
    JSON.parse(body)
  } catch {
    return fail({
      reason: 'not-json',
      message: 'The body begins with "[" but is not a JSON array. Send an array, or one event per line.',
    })
  }
  return ok(
    elementsOf(body).map((text, index) => ({
      place: index + 1,
      // Line ends of valid JSON stand between tokens only, so that a blank can take their place.
      text: text.replace(/[\r\n]+/g, ' ').trim(),
    })),
  )
}

const QUOTE = 34
const COMMA = 44
const BACKSLASH = 92
const OPENING = new Set([91, 123])
const CLOSING = new Set([93, 125])

/** The texts of the elements of an array that is known to be valid JSON. */
function elementsOf(array: string): string[] {
  const elements: string[] = []
  const open = array.indexOf('[')
  let depth = 0
  let start = open + 1
  for (let at = open + 1; at < array.length; at++) {
    const code = array.charCodeAt(at)
    if (code === QUOTE) at = endOfString(array, at)
    else if (OPENING.has(code)) depth += 1
    else if (depth > 0 && CLOSING.has(code)) depth -= 1
    else if (depth === 0 && (code === COMMA || CLOSING.has(code))) {
      elements.push(array.slice(start, at))
      start = at + 1
    }
  }
  const [only] = elements
  return elements.length === 1 && only?.trim() === '' ? [] : elements
}

/** The offset of the quote that ends a string begun at `from`. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}
