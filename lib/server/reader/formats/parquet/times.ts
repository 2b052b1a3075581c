import 'server-only'
import type { TimeUnit } from './schema'

/** Digits of a second's fraction, and how many of the unit make a second. */
const UNITS: Record<TimeUnit, { digits: number; perSecond: bigint }> = {
  millis: { digits: 3, perSecond: 1_000n },
  micros: { digits: 6, perSecond: 1_000_000n },
  nanos: { digits: 9, perSecond: 1_000_000_000n },
}
const DAY_SECONDS = 86_400n

/**
 * A day by its number from 1970-01-01, of any year that 64 bits reach: the calendar of the platform ends earlier.
 * @example daysText(20_779) // "2026-11-22"
 */
export function daysText(days: number): string {
  // Counted from 1 March of the year 0, so that the day that is sometimes there is the last of its year.
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const leaps = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return `${yearText(yearOfEra + era * 400 + (month <= 2 ? 1 : 0))}-${two(month)}-${two(day)}`
}

/**
 * A moment by its distance from 1970-01-01 00:00, with all digits of its unit.
 * @example dateText(1_795_341_600_123n, 'millis', true) // "2026-11-22T10:00:00.123Z"
 */
export function dateText(value: bigint, unit: TimeUnit, isUtc: boolean): string {
  const perDay = UNITS[unit].perSecond * DAY_SECONDS
  const inDay = ((value % perDay) + perDay) % perDay
  return `${daysText(Number((value - inDay) / perDay))}T${timeText(inDay, unit)}${isUtc ? 'Z' : ''}`
}

/** A time of day; what lies outside of a day keeps its hours. */
export function timeText(value: bigint, unit: TimeUnit): string {
  const { digits, perSecond } = UNITS[unit]
  const sign = value < 0n ? '-' : ''
  const size = value < 0n ? -value : value
  const seconds = Number(size / perSecond)
  const clock = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')
  return `${sign}${clock}.${String(size % perSecond).padStart(digits, '0')}`
}

/** Months, days and milliseconds: `"P1M2DT3.004S"`. */
export function durationText(bytes: Buffer): string {
  const millis = bytes.readUInt32LE(8)
  const seconds = `${Math.floor(millis / 1_000)}.${String(millis % 1_000).padStart(3, '0')}`
  return `P${bytes.readUInt32LE(0)}M${bytes.readUInt32LE(4)}DT${seconds}S`
}

function yearText(year: number): string {
  if (year >= 0 && year <= 9_999) return String(year).padStart(4, '0')
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`
}

const two = (value: number): string => String(value).padStart(2, '0')
