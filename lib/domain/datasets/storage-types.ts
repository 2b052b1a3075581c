import { isDate, isMoment, isWallClock } from './date-texts'
import { isGeometry, isGeoPoint } from './geo-texts'

/** How the values of a column are kept; ids as in the DSS dataset JSON. */
export const STORAGE_TYPES = [
  'string',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'double',
  'boolean',
  'date',
  'dateonly',
  'datetimenotz',
  'geopoint',
  'geometry',
  'array',
  'map',
  'object',
] as const
export type StorageType = (typeof STORAGE_TYPES)[number]

const KNOWN = new Set<string>(STORAGE_TYPES)
const WHOLE_BITS = new Map([
  ['tinyint', 8],
  ['smallint', 16],
  ['int', 32],
  ['bigint', 64],
])

/** Tells whether a text names a storage type: `"bigint"` does, `"long"` does not. */
export const isStorageType = (type: string): type is StorageType => KNOWN.has(type)

/** Tells whether the values of a storage type are numbers. */
export const isNumeric = (type: string): boolean =>
  WHOLE_BITS.has(type) || type === 'float' || type === 'double'

/**
 * Tells whether a text can be read as a value of a storage type. It judges what stands there, `007` is a number that reads
 * as 7; what a type would not give back as it was is for inference to avoid. The empty text fits `string` alone, a type
 * that is not known fits everything.
 * @example fitsType('9223372036854775807', 'bigint') // true, and one more is not
 */
export function fitsType(text: string, type: string): boolean {
  switch (type) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return isWhole(text, type)
    case 'float':
      return isDecimal(text) && (isInfinite(text) || Number.isFinite(Math.fround(Number(text))))
    case 'double':
      return isDecimal(text) && (isInfinite(text) || Number.isFinite(Number(text)))
    case 'boolean':
      return /^(?:true|false)$/i.test(text)
    case 'date':
      return isMoment(text)
    case 'dateonly':
      return isDate(text)
    case 'datetimenotz':
      return isWallClock(text)
    case 'geopoint':
      return isGeoPoint(text)
    case 'geometry':
      return isGeometry(text)
    case 'array':
      return jsonKind(text) === 'array'
    case 'map':
    case 'object':
      return jsonKind(text) === 'object'
    default:
      return true
  }
}

/** No number of 64 bits has more digits, and every number of so few is below 2^63. */
const MOST_DIGITS = 19
const SURE_DIGITS = 18

function isWhole(text: string, type: string): boolean {
  const digits = /^[+-]?0*(\d+)$/.exec(text)?.[1]
  const bits = WHOLE_BITS.get(type)
  if (digits === undefined || bits === undefined || digits.length > MOST_DIGITS) return false
  if (bits === 64 && digits.length <= SURE_DIGITS) return true
  const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits)
  return BigInt.asIntN(bits, value) === value
}

const isDecimal = (text: string): boolean =>
  /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) || isInfinite(text)

/** What floating numbers hold beside numbers, as programs write it. */
const isInfinite = (text: string): boolean => /^(?:nan|[+-]?inf(?:inity)?)$/i.test(text)

/** What kind of JSON document a text is; null when it is none. */
export function jsonKind(text: string): 'array' | 'object' | null {
  const first = /^[ \t\r\n]*([[{])/.exec(text)?.[1]
  if (first === undefined) return null
  try {
    JSON.parse(text)
    return first === '[' ? 'array' : 'object'
  } catch {
    return null
  }
}

const WHOLE = ['tinyint', 'smallint', 'int', 'bigint']

/** The type that holds what two files declare differently: numbers the wider one, others a text. */
export function widen(a: string, b: string): string {
  if (a === b) return a
  const [first, second] = [WHOLE.indexOf(a), WHOLE.indexOf(b)]
  if (first >= 0 && second >= 0) return WHOLE[Math.max(first, second)] ?? 'bigint'
  // A double holds no whole number beyond 53 bits.
  const isHeld = isNumeric(a) && isNumeric(b) && a !== 'bigint' && b !== 'bigint'
  return isHeld ? 'double' : 'string'
}
