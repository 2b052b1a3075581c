/** Node's JSON knows the text of numbers; its types do not say so yet. */
declare global {
  interface JSON {
    parse(
      text: string,
      revive: (this: object, key: string, value: unknown, context?: { source?: string }) => unknown,
    ): unknown
    rawJSON(text: string): object
  }
}

/** In front of the keys under which something is kept that values of JavaScript cannot hold; of private use in Unicode. */
const MARK = '\ue000'
const NUMBER = `${MARK}number`
/** Under this key an object says how numbers of it are spelled, by their keys. */
export const SPELLED = `${MARK}spelled`
const NUMBER_TEXT = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** How numbers of an object are spelled, by key, and those of its lists, by place: `{ rate: '1.0', list: { '2': '1e5' } }`. */
interface Spelled {
  [key: string]: string | Spelled
}

/**
 * Reads JSON without a loss. A number that would be rounded is kept as its text (`{"\ue000number": "12345678901234567890"}`), a key
 * `__proto__` under another name. A number that fits is that number for whoever looks at it, and where JavaScript would spell it
 * otherwise, the object around it says how it was: `{"a": 1.0}` → `{"a": 1, "\ue000spelled": {"a": "1.0"}}`.
 * `printExactJson` gives all of it out as it came.
 * @throws SyntaxError when it is no JSON
 */
export function parseExactJson(text: string): unknown {
  const spelled = new Map<object, Spelled>()
  const note = (holder: object, key: string, how: string | Spelled) => {
    const known = spelled.get(holder) ?? {}
    known[sealKey(key)] = how
    spelled.set(holder, known)
  }
  let outermost: object = {}
  const value = JSON.parse(text, function (key, one, context) {
    outermost = this
    if (typeof one === 'number') {
      // Browsers of before 2025 do not tell it.
      const source = context?.source ?? String(one)
      const isKept = source === String(one)
      if (!isKept && !isWhole(one, source)) return { [NUMBER]: source }
      if (!isKept) note(this, key, source)
      return one
    }
    const how = typeof one === 'object' && one !== null ? spelled.get(one) : undefined
    if (how !== undefined && Array.isArray(one)) note(this, key, how)
    const renamed = renameKeys(one, needsSeal, sealKey)
    return how === undefined || Array.isArray(one) ? renamed : { ...(renamed as object), [SPELLED]: how }
  })
  // No object is around these to say it.
  const how = spelled.get(outermost)?.['']
  return how === undefined ? value : seal(value, how)
}

/** Prints what `parseExactJson` has read; any other value as `JSON.stringify` does. */
export function printExactJson(value: unknown, indent?: number): string {
  const open = (_: string, one: unknown) =>
    openNumber(one) ?? renameKeys(spellOut(one), (key) => key.startsWith(MARK), openKey)
  return JSON.stringify(value, open, indent)
}

/** Puts the fields of one object over those of another; how its numbers are spelled comes with each field. */
export function overlayExact(
  { [SPELLED]: before, ...standing }: Record<string, unknown>,
  { [SPELLED]: after, ...given }: Record<string, unknown>,
): Record<string, unknown> {
  const stays = Object.entries(isObject(before) ? before : {}).filter(([key]) => !Object.hasOwn(given, key))
  const how = { ...Object.fromEntries(stays), ...(isObject(after) ? after : {}) }
  return { ...standing, ...given, ...(Object.keys(how).length > 0 ? { [SPELLED]: how } : {}) }
}

const needsSeal = (key: string) => key === '__proto__' || key.startsWith(MARK)
const sealKey = (key: string) => (needsSeal(key) ? `${MARK}${key}` : key)
const openKey = (key: string) => (key.startsWith(MARK) ? key.slice(MARK.length) : key)

/** Whether a number is what its text says, however that spells it. */
const isWhole = (value: number, source: string) => canonical(source) === canonical(String(value))

/** Numbers, and those in lists of lists, as their texts. */
const seal = (value: unknown, how: string | Spelled): unknown =>
  typeof how === 'string' ? { [NUMBER]: how } : replaceSome(value, how, seal)

/** An object or list whose numbers are as they were spelled, where they are still the same. */
function spellOut(value: unknown): unknown {
  if (!isObject(value) || !Object.hasOwn(value, SPELLED)) return value
  const { [SPELLED]: how, ...rest } = value
  return isObject(how) ? replaceSome(rest, how, spell) : rest
}

function spell(value: unknown, how: unknown): unknown {
  if (Array.isArray(value) && isObject(how)) return replaceSome(value, how, spell)
  const isSame = typeof how === 'string' && NUMBER_TEXT.test(how) && Number(how) === value
  return isSame ? JSON.rawJSON(how) : value
}

/** A copy in which what stands under these keys, or at these places of a list, is something else. */
function replaceSome<How>(
  value: unknown,
  how: Record<string, How>,
  replace: (one: unknown, how: How) => unknown,
) {
  const one = (inner: unknown, key: string) => {
    const what = Object.hasOwn(how, key) ? how[key] : undefined
    return what === undefined ? inner : replace(inner, what)
  }
  if (Array.isArray(value)) return value.map((inner, index) => one(inner, String(index)))
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, one(inner, key)]))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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
