/** Nested deeper, a value is not taken apart. */
export const MAX_JSON_DEPTH = 500

export const QUOTE = 34
export const COMMA = 44
export const COLON = 58
export const OPEN_BRACKET = 91
export const BACKSLASH = 92
export const CLOSE_BRACKET = 93
export const OPEN_BRACE = 123
export const CLOSE_BRACE = 125
export const LF = 10
export const CR = 13
const [TAB, SPACE, PLUS, MINUS, DOT, ZERO, NINE] = [9, 32, 43, 45, 46, 48, 57]

/** White space of JSON; nothing else may stand between its tokens. */
export const isBlank = (code: number): boolean => code === SPACE || code === LF || code === TAB || code === CR

/** The code at a place, -1 behind the end: asked beyond it, `charCodeAt` is no longer compiled to fast code. */
export const codeAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : -1)

/** The first place from one on where no blank of JSON stands; the end of the text if there is none. */
export function skipBlanks(text: string, from: number): number {
  let at = from
  while (isBlank(codeAt(text, at))) at++
  return at
}

/** The place behind the last character before `end` that is not blank. */
export function skipBlanksBack(text: string, end: number): number {
  let at = end
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at--
  return at
}

/** The place behind the string that begins at `from`, or -1 if it is no string or goes on after the text. */
export function endOfString(text: string, from: number): number {
  const { length } = text
  for (let at = from + 1; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    if (code === BACKSLASH) {
      const escaped = escapeLength(text, at)
      if (escaped === 0) return -1
      at += escaped - 1
    } else if (code < SPACE) return -1
  }
  return -1
}

function escapeLength(text: string, at: number): number {
  const code = codeAt(text, at + 1)
  if (isPlainEscape(code)) return 2
  if (code !== UNICODE_ESCAPE) return 0
  for (let digit = at + 2; digit < at + 6; digit++) if (!isHexDigit(codeAt(text, digit))) return 0
  return 6
}

export const UNICODE_ESCAPE = 117
const PLAIN_ESCAPES = new Set(Array.from('"\\/bfnrt', (letter) => letter.charCodeAt(0)))

/** Tells whether a character may follow a backslash alone: one of `"\/bfnrt`. */
export const isPlainEscape = (code: number): boolean => PLAIN_ESCAPES.has(code)

/** Tells whether a character is a hexadecimal digit, in either case. */
export const isHexDigit = (code: number): boolean =>
  (code >= ZERO && code <= NINE) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102)

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE

/** The states of a number, by what stood last in it. */
export const NUMBER = {
  begin: 0,
  minus: 1,
  zero: 2,
  digit: 3,
  dot: 4,
  decimal: 5,
  e: 6,
  sign: 7,
  exponent: 8,
}
const CAN_END = [false, false, true, true, false, true, false, false, true]

/** Tells whether a number may end in this state. */
export const isWholeNumber = (state: number): boolean => CAN_END[state] === true

/** The state behind one more character of a number, or -1 if it does not belong to it. */
export function stepNumber(state: number, code: number): number {
  if (isDigit(code)) return stepDigit(state, code)
  if (code === MINUS) return state === NUMBER.begin ? NUMBER.minus : state === NUMBER.e ? NUMBER.sign : -1
  if (code === PLUS) return state === NUMBER.e ? NUMBER.sign : -1
  if (code === DOT) return state === NUMBER.zero || state === NUMBER.digit ? NUMBER.dot : -1
  if (code === 101 || code === 69) {
    return state === NUMBER.zero || state === NUMBER.digit || state === NUMBER.decimal ? NUMBER.e : -1
  }
  return -1
}

function stepDigit(state: number, code: number): number {
  switch (state) {
    case NUMBER.begin:
    case NUMBER.minus:
      return code === ZERO ? NUMBER.zero : NUMBER.digit
    case NUMBER.zero:
      return -1
    case NUMBER.digit:
      return NUMBER.digit
    case NUMBER.dot:
    case NUMBER.decimal:
      return NUMBER.decimal
    default:
      return NUMBER.exponent
  }
}

/** The place behind the number that begins at `from`, or -1 if it is none. */
export function endOfNumber(text: string, from: number): number {
  let state = NUMBER.begin
  for (let at = from; ; at++) {
    const next = stepNumber(state, codeAt(text, at))
    if (next < 0) return isWholeNumber(state) ? at : -1
    state = next
  }
}

/** Tells whether a value that begins so is a number. */
export const beginsNumber = (code: number): boolean => isDigit(code) || code === MINUS

/** The word that a value begins with this letter is, if it is one. */
export function wordBeginning(code: number): string | undefined {
  return code === 116 ? 'true' : code === 102 ? 'false' : code === 110 ? 'null' : undefined
}
