import type { core } from 'zod'
import { isSealedNumber } from './exact-json'

type ShapeIssue = core.$ZodRawIssue
type Code = core.$ZodIssueCode
type Of<C extends Code> = Extract<core.$ZodIssue, { code: C }>

/**
 * How shapes are told to speak of what is wrong: zod's own texts are for programmers. What a shape says itself goes before.
 * @param json what was sent, which may be more than what is looked at: mistakes are told of that
 * @param whole what it is called where all of it is wrong: `"A dataset"`
 * @param at where the shape begins in it
 * @example shape.safeParse(json, { error: sayShape(json, 'A dataset') })
 * // "params.path has to be a text, and is a number."
 */
export const sayShape =
  (json: unknown, whole: string, at: readonly PropertyKey[] = []) =>
  (issue: ShapeIssue): string => {
    const path = [...at, ...(issue.path ?? [])]
    return `${path.map(String).join('.') || whole} ${describe(issue, valueAt(json, path))}.`
  }

/** What is said of each kind of mistake; `found` is what stands there, undefined where nothing does. */
const SAYINGS: { [C in Code]: (issue: Of<C>, found: unknown) => string } = {
  invalid_type: ({ expected }, found) => sayType(expected, found),
  invalid_value: ({ values }, found) => sayExpected(sayValues(values), found),
  too_small: ({ minimum, inclusive = true, exact = false, origin }, found) =>
    saySize({ limit: minimum, origin, how: exact ? 'exactly' : inclusive ? 'at least' : 'more than' }, found),
  too_big: ({ maximum, inclusive = true, exact = false, origin }, found) =>
    saySize({ limit: maximum, origin, how: exact ? 'exactly' : inclusive ? 'at most' : 'less than' }, found),
  invalid_format: (issue) => sayFormat(issue),
  not_multiple_of: ({ divisor }) => `has to be a multiple of ${divisor}`,
  unrecognized_keys: ({ keys }) =>
    `has ${keys.length > 1 ? 'keys' : 'a key'} that nothing here knows: ${sayList(keys)}`,
  invalid_union: (issue, found) => sayUnion(issue, found),
  invalid_key: ({ issues, path }) => `is no key that may stand there${sayInner(issues, path.at(-1))}`,
  invalid_element: () => 'has an entry that may not stand there',
  custom: () => NOT_VALID,
}

const NOT_VALID = 'is not valid'

function describe(issue: ShapeIssue | core.$ZodIssue, found: unknown): string {
  const say = Object.hasOwn(SAYINGS, String(issue.code)) ? SAYINGS[issue.code as Code] : undefined
  return (say as ((issue: unknown, found: unknown) => string) | undefined)?.(issue, found) ?? NOT_VALID
}

const EXPECTED: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  nan: 'no number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  tuple: 'a list in [ ]',
  set: 'a list without repetitions',
  object: 'an object in { }',
  record: 'an object in { }',
  map: 'pairs of keys and values',
  null: 'null',
  date: 'a time',
  file: 'a file',
}
const NOTHING: ReadonlySet<string> = new Set(['never', 'undefined', 'void'])
const NUMBERS: ReadonlySet<string> = new Set(['number', 'int', 'bigint'])

function sayType(expected: string, found: unknown): string {
  if (NOTHING.has(expected)) return 'may not be there'
  if (expected === 'nonoptional') return 'is missing'
  const wanted = EXPECTED[expected] ?? 'another kind of value'
  // A number in place of a number has the wrong value, not the wrong kind.
  if (NUMBERS.has(expected) && typeof found === 'number') return `has to be ${wanted}, and is ${found}`
  return sayExpected(wanted, found, true)
}

function sayExpected(wanted: string, found: unknown, tellsFound = false): string {
  if (found === undefined) return `is missing: it has to be ${wanted}`
  return `has to be ${wanted}${tellsFound ? `, and is ${nameOf(found)}` : ''}`
}

const sayValues = (values: readonly unknown[]): string =>
  values.length === 1 ? sayValue(values[0]) : `one of ${values.map(sayValue).join(', ')}`

const sayValue = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value) : String(value)

/** What the size of a value is counted in. */
const UNITS: Record<string, readonly [one: string, many: string]> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
  file: ['byte', 'bytes'],
}

interface Bound {
  limit: number | bigint
  origin: string
  how: 'exactly' | 'at least' | 'more than' | 'at most' | 'less than'
}

function saySize({ limit, origin, how }: Bound, found: unknown): string {
  const may = how === 'at most' ? 'may' : 'has to'
  const unit = UNITS[origin]
  if (unit === undefined) {
    const bound = origin === 'date' ? new Date(Number(limit)).toISOString() : sayNumber(limit)
    return `${may} be ${how} ${bound}${typeof found === 'number' ? `, and is ${sayNumber(found)}` : ''}`
  }
  const size = typeof found === 'string' || Array.isArray(found) ? found.length : undefined
  const has = size === 0 ? ', and is empty' : size === undefined ? '' : `, and has ${sayNumber(size)}`
  return `${may} have ${how} ${sayNumber(limit)} ${Number(limit) === 1 ? unit[0] : unit[1]}${has}`
}

const sayNumber = (value: number | bigint): string =>
  typeof value === 'bigint' || Number.isSafeInteger(value) ? value.toLocaleString('en-US') : String(value)

const FORMATS: Record<string, string> = {
  email: 'an e-mail address, as ada@example.com',
  url: 'an address, as https://example.com',
  datetime: 'a time, as 2026-11-22T10:00:00Z',
  date: 'a day, as 2026-11-22',
  time: 'a time of day, as 10:00:00',
  duration: 'a duration, as PT1H',
  ipv4: 'an IPv4 address, as 192.0.2.1',
  ipv6: 'an IPv6 address, as 2001:db8::1',
  cidrv4: 'a block of IPv4 addresses, as 192.0.2.0/24',
  cidrv6: 'a block of IPv6 addresses, as 2001:db8::/32',
  uuid: 'a UUID',
  guid: 'a UUID',
  base64: 'bytes in base64',
  base64url: 'bytes in base64url',
  json_string: 'a text of JSON',
  lowercase: 'in small letters',
  uppercase: 'in capital letters',
}

/** What a text begins with, ends with or holds is told of some formats alone. */
type FormatIssue = Of<'invalid_format'> & { prefix?: string; suffix?: string; includes?: string }

function sayFormat({ format, prefix, suffix, includes, pattern }: FormatIssue): string {
  if (prefix !== undefined) return `has to begin with ${sayValue(prefix)}`
  if (suffix !== undefined) return `has to end with ${sayValue(suffix)}`
  if (includes !== undefined) return `has to hold ${sayValue(includes)}`
  const wanted = FORMATS[format]
  if (wanted !== undefined) return `has to be ${wanted}`
  return pattern === undefined ? 'is not written as it has to be' : `has to match ${pattern}`
}

/** Keys are as long and as many as who sends them likes. */
const [KEYS_TOLD, CHARS_TOLD] = [10, 100]

function sayList(keys: readonly string[]): string {
  const told = keys
    .slice(0, KEYS_TOLD)
    .map((key) => sayValue(key.length > CHARS_TOLD ? `${key.slice(0, CHARS_TOLD)}…` : key))
  const left = keys.length - told.length
  return `${told.join(', ')}${left > 0 ? ` and ${sayNumber(left)} more` : ''}`
}

/** Of several forms the one is told that fits on the outside; where none does, all of them. */
function sayUnion(issue: Of<'invalid_union'>, found: unknown): string {
  if (issue.inclusive === false) return 'fits several of the forms of which it has to have one'
  if (issue.options !== undefined) return sayExpected(sayValues(issue.options), found)
  const outside = issue.errors.map((errors) => errors.find(isOfAll))
  const form = issue.errors[outside.indexOf(undefined)]?.[0]
  if (form === undefined) {
    const wanted = new Set(outside.map((error) => (error === undefined ? '' : wantedBy(error))))
    return sayExpected([...wanted].join(' or '), found, true)
  }
  const said = describe(form, valueAt(found, form.path))
  return form.path.length === 0 ? said : `does not fit: ${form.path.map(String).join('.')} ${said}`
}

type OfAll = Of<'invalid_type'> | Of<'invalid_value'>

const isOfAll = (issue: core.$ZodIssue): issue is OfAll =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value')

const wantedBy = (issue: OfAll): string =>
  issue.code === 'invalid_value'
    ? sayValues(issue.values)
    : (EXPECTED[issue.expected] ?? 'another kind of value')

function sayInner([issue]: readonly core.$ZodIssue[], found: unknown): string {
  return issue === undefined ? '' : `: it ${describe(issue, valueAt(found, issue.path))}`
}

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown => path.reduce<unknown>(stepInto, json)

function stepInto(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return (value as Record<PropertyKey, unknown>)[step]
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (isSealedNumber(value)) return 'a number with more digits than are kept here'
  return (
    { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'an object'
  )
}
