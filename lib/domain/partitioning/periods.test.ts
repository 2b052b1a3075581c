import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { dayInZone } from './day-in-zone'
import { anyPeriod, periodIds } from './partitioning.arbitraries'
import {
  formatPeriod,
  isStillFilling,
  nextPeriod,
  type Period,
  parsePeriod,
  periodAt,
  periodStart,
  periodsBetween,
} from './periods'

describe('periods', () => {
  test.each<[string, Period, string | null]>([
    ['2026-11-30', 'DAY', '2026-12-01'],
    ['2028-02-28', 'DAY', '2028-02-29'],
    ['2028-02-29', 'DAY', '2028-03-01'],
    ['2026-02-28', 'DAY', '2026-03-01'],
    ['2100-02-28', 'DAY', '2100-03-01'],
    ['2000-02-28', 'DAY', '2000-02-29'],
    ['2026-12-31', 'DAY', '2027-01-01'],
    ['2026-12-31-23', 'HOUR', '2027-01-01-00'],
    // The hours that clocks skip or repeat in Paris and on Lord Howe Island are hours like any other.
    ['2026-03-29-00', 'HOUR', '2026-03-29-01'],
    ['2026-03-29-01', 'HOUR', '2026-03-29-02'],
    ['2026-04-04-14', 'HOUR', '2026-04-04-15'],
    ['2026-10-03-15', 'HOUR', '2026-10-03-16'],
    ['2026-12', 'MONTH', '2027-01'],
    ['0099', 'YEAR', '0100'],
    ['9999-12-31', 'DAY', null],
    ['2026-02-30', 'DAY', null],
    ['2026-11', 'DAY', null],
  ])('after %s by %s comes %s', (id, period, next) => {
    expect(nextPeriod(id, period)).toBe(next)
  })

  test.each<[string, Period]>([
    ['2026-02-29', 'DAY'],
    ['1900-02-29', 'DAY'],
    ['2026-13', 'MONTH'],
    ['2026-00', 'MONTH'],
    ['2026-04-31', 'DAY'],
    ['2026-11-22-24', 'HOUR'],
    ['26-11-22', 'DAY'],
    ['2026-11-22 ', 'DAY'],
    ['٢٠٢٦', 'YEAR'],
  ])('%s is no period by %s', (id, period) => {
    expect(parsePeriod(id, period)).toBeNull()
  })

  it('agrees with the calendar of Date in UTC, whatever the zone of the machine', () => {
    expect(new Date(2026, 0, 1).getTimezoneOffset()).not.toBe(0)
    const start = Date.UTC(1890, 0, 1)
    const moments = fc.integer({ min: start, max: Date.UTC(2200, 0, 1) })
    fc.assert(
      fc.property(moments, anyPeriod, (moment, period) => {
        const text = new Date(moment).toISOString().replace('T', '-')
        const id = formatPeriod(periodAt(moment, period), period)
        expect(id).toBe(text.slice(0, { YEAR: 4, MONTH: 7, DAY: 10, HOUR: 13 }[period]))
        expect(periodStart(id, period)).toBeLessThanOrEqual(moment)
        expect(periodStart(nextPeriod(id, period) ?? '', period)).toBeGreaterThan(moment)
      }),
      propertyRuns(),
    )
  })

  it('writes what it reads', () => {
    const ids = anyPeriod.chain((period) => periodIds(period).map((id) => ({ id, period })))
    fc.assert(
      fc.property(ids, ({ id, period }) => {
        expect(formatPeriod(parsePeriod(id, period) ?? Number.NaN, period)).toBe(id)
      }),
      propertyRuns(),
    )
  })

  it('counts every day between two, both included', () => {
    expect([...periodsBetween('2028-02-27', '2028-03-01', 'DAY')]).toEqual([
      '2028-02-27',
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ])
    expect([...periodsBetween('2026-11-22', '2026-11-21', 'DAY')]).toEqual([])
  })

  it('knows the period that still fills', () => {
    const now = Date.parse('2026-11-22T23:59:59.999Z')
    expect(isStillFilling('2026-11-22', 'DAY', now)).toBe(true)
    expect(isStillFilling('2026-11-22', 'DAY', now + 1)).toBe(false)
    expect(isStillFilling('2026-11-22-23', 'HOUR', now)).toBe(true)
    expect(isStillFilling('2026-11-21', 'DAY', now)).toBe(false)
  })
})

describe('a UTC day in someone’s zone', () => {
  test.each([
    ['Europe/Paris', '2026-11-22', '01:00–01:00'],
    ['Europe/Paris', '2026-03-29', '01:00–02:00'],
    ['Asia/Kolkata', '2026-11-22', '05:30–05:30'],
    ['America/New_York', '2026-11-22', '19:00–19:00'],
    ['UTC', '2026-11-22', '00:00–00:00'],
    ['Nowhere/Land', '2026-11-22', null],
    ['UTC', '2026-02-30', null],
  ])('%s on %s: %s', (zone, day, expected) => {
    expect(dayInZone(zone, day)).toBe(expected)
  })
})
