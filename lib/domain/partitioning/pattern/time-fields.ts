import { daysInMonth, PERIODS, type Period, periodFields, periodOrdinal } from '../periods'
import type { TimeSpecifier } from './pattern-nodes'
import { SPECIFIERS } from './pattern-rules'

/** Fields of a date that are known so far, coarse to fine: `[2026, 11]`. */
export type KnownFields = readonly number[]

/** The ordinals of the periods that a partly known date can still be; null if the date does not exist. */
export function spanOfFields(fields: KnownFields, period: Period): { from: number; to: number } | null {
  const [year, month, day, hour] = fields
  if (year === undefined) return null
  if (month !== undefined && (month < 1 || month > 12)) return null
  if (day !== undefined && (day < 1 || day > daysInMonth(year, month ?? 1))) return null
  if (hour !== undefined && hour > 23) return null
  const lastMonth = month ?? 12
  return {
    from: periodOrdinal(period, year, month ?? 1, day ?? 1, hour ?? 0),
    to: periodOrdinal(period, year, lastMonth, day ?? daysInMonth(year, lastMonth), hour ?? 23),
  }
}

/** The values that the next finer field can take so that the date stays within a range of ordinals, both ends included. */
export function nextFieldValues(
  fields: KnownFields,
  period: Period,
  range: { from: number; to: number },
  years: { first: number; last: number },
): number[] {
  const [first, last] = fieldLimits(fields, years)
  const values: number[] = []
  for (let value = first; value <= last; value++) {
    const span = spanOfFields([...fields, value], period)
    if (span !== null && span.from <= range.to && span.to >= range.from) values.push(value)
  }
  return values
}

function fieldLimits(fields: KnownFields, years: { first: number; last: number }): [number, number] {
  const [year = 0, month = 1] = fields
  const limits: [number, number][] = [
    [years.first, years.last],
    [1, 12],
    [1, daysInMonth(year, month)],
    [0, 23],
  ]
  return limits[fields.length] ?? [1, 0]
}

/** How many fields are coarser than a specifier's: 0 for Y, 3 for H. */
export const fieldIndex = (specifier: TimeSpecifier) => SPECIFIERS.indexOf(specifier)

/** How many fields an identifier of this period has. */
export const fieldCount = (period: Period) => PERIODS.indexOf(period) + 1

/** Fields by their index in `PERIODS`, some of which may not be known: a day whose year is. */
export type SparseFields = readonly (number | undefined)[]

/** A longer range is taken to hold every field, since a page has a thousand folders. */
const MOST_TRIED = 400

/** Whether a period of a range of ordinals has these fields; errs towards true where the range is long. */
export function isInRange(
  fields: SparseFields,
  period: Period,
  { from, to }: { from: number; to: number },
): boolean {
  if (to - from >= MOST_TRIED) return true
  for (let ordinal = from; ordinal <= to; ordinal++) {
    const { year, month, day, hour } = periodFields(ordinal, period)
    if ([year, month, day, hour].every((value, index) => (fields[index] ?? value) === value)) return true
  }
  return false
}
