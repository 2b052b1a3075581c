import 'server-only'
import { isDate, isMoment, isWallClock } from '#lib/domain/datasets/date-texts'
import { fitsType } from '#lib/domain/datasets/storage-types'
import { numberText, shortFloatText } from '../../reader/formats/parquet/to-text'

/** A text as a value of its type; undefined where the type would not give back what the text says. */
export type ExactValue = number | bigint | boolean | undefined

/** Zeros and plus signs at its beginning make a code of a number, which a number would lose. */
const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:e([+-]?\d{1,6}))?$/i

/** @example exactWhole('007', 'int') // undefined */
export function exactWhole(text: string, type: string): bigint | undefined {
  return /^(?:0|-?[1-9]\d*)$/.test(text) && fitsType(text, type) ? BigInt(text) : undefined
}

/** A number of 64 bits, if its shortest digits are those of the text: `1.50` is 1.5, `0.1234567890123456789` is none. */
export function exactDouble(text: string): number | undefined {
  return exactFraction(text, Number(text), numberText)
}

/** The same for a number of 32 bits. */
export function exactFloat(text: string): number | undefined {
  return exactFraction(text, Math.fround(Number(text)), shortFloatText)
}

function exactFraction(text: string, value: number, print: (value: number) => string): number | undefined {
  if (text === 'NaN') return Number.NaN
  if (text === 'Infinity' || text === '-Infinity') return Number(text)
  const digits = digitsOf(text)
  return digits !== undefined && digits === digitsOf(print(value)) ? value : undefined
}

/** What a number says, however it is written: `"-15e-1"` of `-1.50`. */
function digitsOf(text: string): string | undefined {
  const found = NUMBER.exec(text)
  if (found === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const kept = digits.replace(/0+$/, '')
  if (kept === '') return `${sign}0`
  return `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`
}

/** `true` or `false` in any case; undefined for any other text. */
export function exactBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

/** Days from 1970-01-01. */
export function exactDay(text: string): number | undefined {
  return isDate(text) ? Date.parse(`${text}T00:00:00Z`) / 86_400_000 : undefined
}

const CLOCK = /^(.{10})[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|[+-]00(?::?00)?)?$/i
const PER_SECOND = { MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const
export type MomentUnit = keyof typeof PER_SECOND
const DIGITS = 9

/**
 * A moment from 1970-01-01 00:00 on, in a unit that holds all its digits; one with another zone than UTC would lose that.
 * @example exactMoment('2026-11-22T10:00:00.123Z', 'date', 'MICROS') // 1795341600123000n
 */
export function exactMoment(
  text: string,
  type: 'date' | 'datetimenotz',
  unit: MomentUnit,
): bigint | undefined {
  const found = (type === 'date' ? isMoment(text) : isWallClock(text)) ? CLOCK.exec(text) : null
  if (found === null) return undefined
  const [, day, clock, second = '00', fraction = ''] = found
  const nanos = BigInt(fraction.padEnd(DIGITS, '0'))
  const perUnit = PER_SECOND.NANOS / PER_SECOND[unit]
  if (nanos % perUnit !== 0n) return undefined
  const seconds = BigInt(Date.parse(`${day}T${clock}:${second}Z`) / 1_000)
  const value = seconds * PER_SECOND[unit] + nanos / perUnit
  return BigInt.asIntN(64, value) === value ? value : undefined
}
