/** The length of a time partition; the capitals are how datasets store it. */
export type Period = 'YEAR' | 'MONTH' | 'DAY' | 'HOUR'

/** Coarse to fine. A period's identifier holds its own unit and every coarser one. */
export const PERIODS = ['YEAR', 'MONTH', 'DAY', 'HOUR'] as const satisfies readonly Period[]

/** How each period is called in sentences and labels. */
export const PERIOD_LABELS: Record<Period, string> = {
  YEAR: 'Year',
  MONTH: 'Month',
  DAY: 'Day',
  HOUR: 'Hour',
}

/** How each period's identifiers are written. */
export const PERIOD_FORMATS: Record<Period, string> = {
  YEAR: 'YYYY',
  MONTH: 'YYYY-MM',
  DAY: 'YYYY-MM-DD',
  HOUR: 'YYYY-MM-DD-HH',
}

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const LAST_YEAR = 9999
const SHAPES: Record<Period, RegExp> = {
  YEAR: /^(\d{4})$/,
  MONTH: /^(\d{4})-(\d{2})$/,
  DAY: /^(\d{4})-(\d{2})-(\d{2})$/,
  HOUR: /^(\d{4})-(\d{2})-(\d{2})-(\d{2})$/,
}

/** Days of a month of the proleptic Gregorian calendar; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether the fields name a moment that exists: `isRealDate(2026, 2, 30, 0)` is false. */
export function isRealDate(year: number, month: number, day: number, hour: number): boolean {
  return (
    year >= 0 &&
    year <= LAST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour >= 0 &&
    hour <= 23
  )
}

/** Days from 1970-01-01 to a date, counted without `Date`, whose constructor reads years below 100 as 19xx. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/**
 * The ordinal of a period: consecutive periods have consecutive ordinals, so that ranges are intervals of
 * integers. Years count from 0, months from 0000-01, days and hours from 1970-01-01. The fields must be real.
 */
export function periodOrdinal(
  period: Period,
  year: number,
  month: number,
  day: number,
  hour: number,
): number {
  switch (period) {
    case 'YEAR':
      return year
    case 'MONTH':
      return year * 12 + month - 1
    case 'DAY':
      return daysFromCivil(year, month, day)
    case 'HOUR':
      return daysFromCivil(year, month, day) * 24 + hour
  }
}

/** The fields of the period with this ordinal; those finer than the period are at their first value. */
export function periodFields(
  ordinal: number,
  period: Period,
): { year: number; month: number; day: number; hour: number } {
  switch (period) {
    case 'YEAR':
      return { year: ordinal, month: 1, day: 1, hour: 0 }
    case 'MONTH':
      return { year: Math.floor(ordinal / 12), month: (((ordinal % 12) + 12) % 12) + 1, day: 1, hour: 0 }
    case 'DAY':
      return { ...civilFromDays(ordinal), hour: 0 }
    case 'HOUR': {
      const days = Math.floor(ordinal / 24)
      return { ...civilFromDays(days), hour: ordinal - days * 24 }
    }
  }
}

/** Reads a time identifier (`"2026-11-22"` for DAY) into its ordinal; null if malformed or impossible. */
export function parsePeriod(text: string, period: Period): number | null {
  const found = SHAPES[period].exec(text)
  if (found === null) return null
  const [, year, month = '1', day = '1', hour = '0'] = found
  const fields = [Number(year), Number(month), Number(day), Number(hour)] as const
  return isRealDate(...fields) ? periodOrdinal(period, ...fields) : null
}

/** Writes the identifier of an ordinal: `formatPeriod(20779, 'DAY')` is `"2026-11-22"`. */
export function formatPeriod(ordinal: number, period: Period): string {
  const { year, month, day, hour } = periodFields(ordinal, period)
  const parts = [String(year).padStart(4, '0'), two(month), two(day), two(hour)]
  return parts.slice(0, PERIODS.indexOf(period) + 1).join('-')
}

const two = (field: number) => String(field).padStart(2, '0')

/** The first and last ordinals that identifiers of four-digit years can name. */
export function periodLimits(period: Period): { first: number; last: number } {
  return { first: periodOrdinal(period, 0, 1, 1, 0), last: periodOrdinal(period, LAST_YEAR, 12, 31, 23) }
}

/** The ordinal of the UTC period that holds a moment, given in epoch milliseconds. */
export function periodAt(moment: number, period: Period): number {
  if (period === 'HOUR') return Math.floor(moment / HOUR_MS)
  const days = Math.floor(moment / DAY_MS)
  if (period === 'DAY') return days
  const { year, month, day } = civilFromDays(days)
  return periodOrdinal(period, year, month, day, 0)
}

/** The epoch milliseconds at which a period begins, in UTC. */
export function periodStartMs(ordinal: number, period: Period): number {
  if (period === 'HOUR') return ordinal * HOUR_MS
  if (period === 'DAY') return ordinal * DAY_MS
  const { year, month } = periodFields(ordinal, period)
  return daysFromCivil(year, month, 1) * DAY_MS
}

/** The epoch milliseconds at which the period named `id` begins, in UTC; null if `id` names none. */
export function periodStart(id: string, period: Period): number | null {
  const ordinal = parsePeriod(id, period)
  return ordinal === null ? null : periodStartMs(ordinal, period)
}

/** The identifier after `id`: `nextPeriod('2028-02-29', 'DAY')` is `"2028-03-01"`; null past 9999 or if `id` names none. */
export function nextPeriod(id: string, period: Period): string | null {
  const ordinal = parsePeriod(id, period)
  return ordinal === null || ordinal >= periodLimits(period).last ? null : formatPeriod(ordinal + 1, period)
}

/** Every identifier from `first` to `last`, both included, made one at a time; nothing if either is not a period. */
export function* periodsBetween(first: string, last: string, period: Period): Generator<string, void> {
  const from = parsePeriod(first, period)
  const to = parsePeriod(last, period)
  if (from === null || to === null) return
  for (let ordinal = from; ordinal <= to; ordinal++) yield formatPeriod(ordinal, period)
}

/** Whether `now` (epoch milliseconds) lies in the period, so that objects still arrive in it: never draw it as a gap. */
export function isStillFilling(id: string, period: Period, now: number): boolean {
  const ordinal = parsePeriod(id, period)
  return ordinal !== null && ordinal === periodAt(now, period)
}
