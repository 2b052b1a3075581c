import {
  daysInMonth,
  PERIODS,
  type Period,
  periodAt,
  periodFields,
  periodLimits,
  periodOrdinal,
} from '../periods'
import type { RelativeUnit, TimePoint } from './range-specification'

const HOUR_MS = 3_600_000
const UNIT_HOURS: Record<'h' | 'd' | 'w', number> = { h: 1, d: 24, w: 168 }

/** Ordinals from `from` to `to`, both included. */
export interface OrdinalRange {
  from: number
  to: number
}

/**
 * The periods that a point stands for at `now` (epoch milliseconds): one, or every one of a coarser unit, as
 * `CURRENT_MONTH` stands for each day of this month. Points beyond the years 0000 to 9999 end there.
 */
export function resolveTimePoint(point: TimePoint, period: Period, now: number): OrdinalRange {
  switch (point.kind) {
    case 'period':
      return { from: point.ordinal, to: point.ordinal }
    case 'now':
      return single(periodAt(now, period))
    case 'relative':
      return single(clamp(relativePeriod(now, point.amount, point.unit, period), period))
    case 'keyword':
      return resolveKeyword(point.which, point.unit, period, now)
  }
}

const single = (ordinal: number): OrdinalRange => ({ from: ordinal, to: ordinal })

function resolveKeyword(
  which: 'CURRENT' | 'PREVIOUS',
  unit: Period,
  period: Period,
  now: number,
): OrdinalRange {
  const { first, last } = periodLimits(unit)
  const ordinal = Math.min(last, Math.max(first, periodAt(now, unit) - (which === 'PREVIOUS' ? 1 : 0)))
  const start = periodFields(ordinal, unit)
  const from = periodOrdinal(period, start.year, start.month, start.day, start.hour)
  if (PERIODS.indexOf(unit) >= PERIODS.indexOf(period)) return single(from)
  const month = unit === 'YEAR' ? 12 : start.month
  const day = unit === 'DAY' ? start.day : daysInMonth(start.year, month)
  return { from, to: periodOrdinal(period, start.year, month, day, 23) }
}

function relativePeriod(now: number, amount: number, unit: RelativeUnit, period: Period): number {
  if (unit === 'h' || unit === 'd' || unit === 'w')
    return periodAt(now - amount * UNIT_HOURS[unit] * HOUR_MS, period)
  const { year, month, day, hour } = periodFields(periodAt(now, 'HOUR'), 'HOUR')
  const months = year * 12 + month - 1 - amount * (unit === 'y' ? 12 : 1)
  const target = periodFields(months, 'MONTH')
  // A month back from the 31st is the last day of a shorter month, never a day of the next one.
  return periodOrdinal(
    period,
    target.year,
    target.month,
    Math.min(day, daysInMonth(target.year, target.month)),
    hour,
  )
}

function clamp(ordinal: number, period: Period): number {
  const { first, last } = periodLimits(period)
  return Math.min(last, Math.max(first, ordinal))
}
