/** Node's JSON knows the text of numbers; its types do not say so yet. */
declare global {
  interface JSON {
    parse(
      text: string,
      revive: (key: string, value: unknown, context: { source?: string }) => unknown,
    ): unknown
    rawJSON(text: string): object
  }
}

/** In front of the keys under which something is kept that values of JavaScript cannot hold; of private use in Unicode. */
const MARK = '\ue000'
const NUMBER = `${MARK}number`
const NUMBER_TEXT = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/**
 * Reads JSON without a loss of value: a number that would be rounded is kept as its text (`{"\ue000number": "12345678901234567890"}`),
 * a key `__proto__` under another name. `printExactJson` gives both out as they came. Of numbers that fit the value is kept, not
 * the spelling: `1.0` comes back as `1`.
 * @throws SyntaxError when it is no JSON
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_, value, { source }) =>
    typeof value === 'number' ? sealNumber(value, source) : renameKeys(value, needsSeal, sealKey),
  )
}

/** Prints what `parseExactJson` has read; any other value as `JSON.stringify` does. */
export function printExactJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, one) => openNumber(one) ?? renameKeys(one, (key) => key.startsWith(MARK), openKey),
  )
}

const needsSeal = (key: string) => key === '__proto__' || key.startsWith(MARK)
const sealKey = (key: string) => (needsSeal(key) ? `${MARK}${key}` : key)
const openKey = (key: string) => (key.startsWith(MARK) ? key.slice(MARK.length) : key)

/** Nearly all numbers are spelled as they are printed, which takes no look at their digits. */
function sealNumber(value: number, source = '') {
  const printed = String(value)
  return source === printed || canonical(source) === canonical(printed) ? value : { [NUMBER]: source }
}

/** Whether a value stands for a number that JavaScript would round. */
export const isSealedNumber = (value: unknown): boolean => textOfNumber(value) !== undefined

function textOfNumber(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(NUMBER in value)) return
  const { [NUMBER]: text } = value
  const isWhole = typeof text === 'string' && NUMBER_TEXT.test(text) && Object.keys(value).length === 1
  return isWhole ? text : undefined
}

function openNumber(value: unknown): object | undefined {
  const text = textOfNumber(value)
  return text === undefined ? undefined : JSON.rawJSON(text)
}

/** The same for all spellings of a number: `"150"`, `"1.50e2"` → `"15e1"`. */
function canonical(text: string): string {
  const found = NUMBER_TEXT.exec(text)
  if (!found) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const ending = digits.length - trimZeros(digits).length
  if (digits === '') return '0'
  return `${sign}${trimZeros(digits)}e${Number(exponent) - fraction.length + ending}`
}

function trimZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

/** A copy where a key has another name; the same value where none has. */
function renameKeys(value: unknown, isOther: (key: string) => boolean, rename: (key: string) => string) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if (!Object.keys(value).some(isOther)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [rename(key), one]))
}
