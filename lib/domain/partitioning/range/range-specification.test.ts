import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import type { Dimension } from '../dimensions'
import { AUDIT_DIMENSIONS, anyPeriod, anyValue, periodIds, timeDimension } from '../partitioning.arbitraries'
import { PERIODS, type Period, parsePeriod, periodsBetween } from '../periods'
import { formatIdAsSpecification, formatRangeSpecification } from './range-format'
import { parseRangeSpecification } from './range-parser'
import { resolveRangeSpecification } from './range-resolve'
import type { RangePart, TimePoint } from './range-specification'

const NOW = Date.parse('2026-11-22T14:05:00Z')
const days = [...periodsBetween('2026-11-01', '2026-11-22', 'DAY')]
const EXISTING = ['design', 'api'].flatMap((node) => days.map((day) => `${node}|${day}`))
const one: Dimension[] = [{ name: 'a', type: 'value' }]

function resolve(
  text: string,
  {
    dimensions = AUDIT_DIMENSIONS,
    existing = EXISTING,
    now = NOW,
  }: { dimensions?: readonly Dimension[]; existing?: Iterable<string>; now?: number } = {},
) {
  const parsed = parseRangeSpecification(text, dimensions, new Set(existing))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return resolveRangeSpecification(parsed.value, dimensions, { existingIds: existing, now })
}

describe('range specifications', () => {
  test.each<[string, string[], string[]]>([
    ['design|2026-11-22', ['design|2026-11-22'], []],
    ['design|2026-11-20/2026-11-22', ['design|2026-11-20', 'design|2026-11-21', 'design|2026-11-22'], []],
    ['design/api|CURRENT_DAY', ['design|2026-11-22', 'api|2026-11-22'], []],
    ['design|PREVIOUS_DAY', ['design|2026-11-21'], []],
    ['design|CURRENT_HOUR', ['design|2026-11-22'], []],
    ['*|now', ['design|2026-11-22', 'api|2026-11-22'], []],
    ['design|-2d/now', ['design|2026-11-20', 'design|2026-11-21', 'design|2026-11-22'], []],
    ['api|LATEST(2)', ['api|2026-11-21', 'api|2026-11-22'], []],
    ['design|2026-11-22/2026-11-24', ['design|2026-11-22'], ['design|2026-11-23', 'design|2026-11-24']],
    ['govern|2026-11-22, api|2026-11-22', ['api|2026-11-22'], ['govern|2026-11-22']],
    ['api|2026-11-22,api|2026-11-22,api|2026-11-21/2026-11-22', ['api|2026-11-21', 'api|2026-11-22'], []],
    ['govern|*', [], []],
  ])('%s', (text, ids, missing) => {
    expect(resolve(text)).toMatchObject({
      ids,
      missing,
      missingCount: missing.length,
      missingIsComplete: true,
    })
  })

  it('stands for everything as ALL', () => {
    expect(resolve('ALL').ids).toEqual(EXISTING)
    expect(resolve('*|*').ids).toEqual(EXISTING)
    expect(resolve('NP', { dimensions: [], existing: ['NP'] }).ids).toEqual(['NP'])
    expect(resolve('ALL', { dimensions: [], existing: ['NP'] }).ids).toEqual(['NP'])
  })

  test.each<[string, string, Period, string, string, number]>([
    ['CURRENT_MONTH', '2028-02-10T00:00:00Z', 'DAY', '2028-02-01', '2028-02-29', 29],
    ['PREVIOUS_MONTH', '2026-03-31T23:59:59Z', 'DAY', '2026-02-01', '2026-02-28', 28],
    ['PREVIOUS_MONTH', '2026-01-01T00:00:00Z', 'MONTH', '2025-12', '2025-12', 1],
    ['PREVIOUS_YEAR', '2029-06-01T00:00:00Z', 'DAY', '2028-01-01', '2028-12-31', 366],
    ['CURRENT_YEAR', '2026-12-31T23:00:00Z', 'MONTH', '2026-01', '2026-12', 12],
    ['PREVIOUS_HOUR', '2026-01-01T00:30:00Z', 'HOUR', '2025-12-31-23', '2025-12-31-23', 1],
    ['PREVIOUS_HOUR', '2026-01-01T00:30:00Z', 'DAY', '2025-12-31', '2025-12-31', 1],
    ['CURRENT_DAY', '2026-03-29T12:00:00Z', 'HOUR', '2026-03-29-00', '2026-03-29-23', 24],
    ['-1m/now', '2026-03-31T12:00:00Z', 'DAY', '2026-02-28', '2026-03-31', 32],
    ['-1y', '2028-02-29T12:00:00Z', 'DAY', '2027-02-28', '2027-02-28', 1],
    ['-2w/PREVIOUS_DAY', '2026-01-05T00:00:00Z', 'DAY', '2025-12-22', '2026-01-04', 14],
    ['-3h/now', '2026-01-01T01:00:00Z', 'HOUR', '2025-12-31-22', '2026-01-01-01', 4],
    ['PREVIOUS_MONTH/CURRENT_MONTH', '2028-03-10T00:00:00Z', 'DAY', '2028-02-01', '2028-03-31', 60],
    ['-9999y', '2026-01-01T00:00:00Z', 'YEAR', '0000', '0000', 1],
  ])('%s at %s by %s', (text, now, period, first, last, count) => {
    const { missing, missingCount } = resolve(text, {
      dimensions: [timeDimension(period)],
      existing: [],
      now: Date.parse(now),
    })
    expect([missing[0], missing.at(-1), missingCount]).toEqual([first, last, count])
  })

  test.each<[string, [string, string][]]>([
    ['', [['empty-specification', '']]],
    ['design', [['wrong-count', 'design']]],
    ['a|b|2026-11-22', [['wrong-count', 'a|b|2026-11-22']]],
    ['design|2026-11', [['bad-period', '2026-11']]],
    ['design|2026-02-30', [['bad-period', '2026-02-30']]],
    ['design|yesterday', [['bad-period', 'yesterday']]],
    ['design|NEXT_DAY', [['bad-period', 'NEXT_DAY']]],
    ['design|2026-11-22/2026-11-21', [['reversed-range', '2026-11-22/2026-11-21']]],
    ['design|now/-7d', [['reversed-range', 'now/-7d']]],
    ['design|2026-11-20/2026-11-21/2026-11-22', [['bad-range', '2026-11-20/2026-11-21/2026-11-22']]],
    ['design|LATEST(0)', [['bad-latest', 'LATEST(0)']]],
    ['design|LATEST(x)', [['bad-latest', 'LATEST(x)']]],
    ['LATEST(3)|2026-11-22', [['latest-needs-time', 'LATEST(3)']]],
    ['|2026-11-22', [['empty-value', '']]],
    ['design|2026-11-22,', [['wrong-count', '']]],
    ['design|2026-11-22\\', [['dangling-backslash', '\\']]],
  ])('%j is refused', (text, expected) => {
    const parsed = parseRangeSpecification(text, AUDIT_DIMENSIONS)
    expect(
      parsed.ok ? [] : parsed.issues.map(({ reason, start, end }) => [reason, text.slice(start, end)]),
    ).toEqual(expected)
  })

  it('takes the next character after a backslash as it is', () => {
    const existing = ['a,b', 'a/b', 'a\\b', '*', 'ALL', ' x', 'c']
    for (const [text, id] of [
      ['a\\,b', 'a,b'],
      ['a\\/b', 'a/b'],
      ['a\\\\b', 'a\\b'],
      ['\\*', '*'],
      ['\\ALL', 'ALL'],
      ['\\ x', ' x'],
      ['\\c', 'c'],
    ] as const) {
      const parsed = parseRangeSpecification(text, one)
      expect(
        parsed.ok && resolveRangeSpecification(parsed.value, one, { existingIds: existing, now: NOW }).ids,
      ).toEqual([id])
    }
  })

  it('reads an argument that equals an existing id as that id', () => {
    const existing = ['a,b', 'a', 'b', 'a/b', '*', 'x\\']
    for (const id of existing) expect(resolve(id, { dimensions: one, existing }).ids).toEqual([id])
    expect(resolve('a/b,b', { dimensions: one, existing }).ids).toEqual(['b', 'a/b'])
  })

  it('lists and ranges of any size resolve, and what is missing is counted up to a limit', () => {
    const dimensions = [timeDimension('DAY')]
    expect(resolve('1900-01-01/2100-01-01', { dimensions, existing: ['2026-11-22'] })).toMatchObject({
      ids: ['2026-11-22'],
      missingCount: 73_049,
      missingIsComplete: true,
    })
    expect(
      resolve('0000-01-01-00/9999-12-31-23', {
        dimensions: [timeDimension('HOUR')],
        existing: ['2026-11-22-01'],
      }),
    ).toMatchObject({ ids: ['2026-11-22-01'], missingIsComplete: false })
    const many = Array.from({ length: 100_000 }, (_, index) => `value-${index}`)
    expect(resolve(many.join(','), { dimensions: one, existing: many.slice(50_000) })).toMatchObject({
      missingCount: 50_000,
      ids: many.slice(50_000),
    })
    const some = many.slice(0, 10_000)
    expect(resolve(some.join('/'), { dimensions: one, existing: many }).ids).toEqual(some)
    expect(parseRangeSpecification(many.join('/'), one)).toMatchObject({
      issues: [{ reason: 'too-many-values' }],
    })
    expect(parseRangeSpecification(Array.from({ length: 501 }, () => '*').join(','), one)).toMatchObject({
      ok: false,
      issues: [{ reason: 'too-many-ranges' }],
    })
  })
})

describe('for any specification', () => {
  const timePoint = (period: Period): fc.Arbitrary<TimePoint> =>
    fc.oneof(
      periodIds(period).map((id) => ({ kind: 'period' as const, ordinal: parsePeriod(id, period) ?? 0 })),
      fc.record({
        kind: fc.constant('keyword' as const),
        which: fc.constantFrom('CURRENT' as const, 'PREVIOUS' as const),
        unit: fc.constantFrom(...PERIODS),
      }),
      fc.constant({ kind: 'now' as const }),
      fc.record({
        kind: fc.constant('relative' as const),
        amount: fc.nat(999_999),
        unit: fc.constantFrom('h' as const, 'd' as const, 'w' as const, 'm' as const, 'y' as const),
      }),
    )
  const timePart = (period: Period): fc.Arbitrary<RangePart> =>
    fc.oneof(
      fc.constant({ kind: 'any' as const }),
      fc.integer({ min: 1, max: 999_999 }).map((count) => ({ kind: 'latest' as const, count })),
      timePoint(period).map((point) => ({ kind: 'period-range' as const, from: point, to: point })),
      fc.record({
        kind: fc.constant('period-range' as const),
        from: timePoint(period),
        to: timePoint(period),
      }),
    )
  const valuePart: fc.Arbitrary<RangePart> = fc.oneof(
    fc.constant({ kind: 'any' as const }),
    fc.array(anyValue, { minLength: 1, maxLength: 4 }).map((values) => ({ kind: 'values' as const, values })),
  )
  const cases = anyPeriod.chain((period) =>
    fc.record({
      period: fc.constant(period),
      items: fc.array(fc.tuple(valuePart, timePart(period)), { minLength: 1, maxLength: 4 }),
    }),
  )
  const dimensionsOf = (period: Period): Dimension[] => [{ name: 'a', type: 'value' }, timeDimension(period)]

  it('what is written is read as the same', () => {
    fc.assert(
      fc.property(cases, ({ period, items }) => {
        const text = formatRangeSpecification(
          { text: '', items: items.map((parts) => ({ kind: 'parts', source: '', parts })) },
          dimensionsOf(period),
        )
        const parsed = parseRangeSpecification(text, dimensionsOf(period))
        if (!parsed.ok)
          expect(parsed.issues.map(({ reason }) => reason)).toSatisfy((reasons: string[]) =>
            reasons.every((reason) => reason === 'reversed-range'),
          )
        else
          expect(parsed.value.items.map((item) => (item.kind === 'parts' ? item.parts : item))).toEqual(
            items.map((parts) => [...parts]),
          )
      }),
      propertyRuns('parser'),
    )
  })

  it('an id written as a specification resolves to that id among others', () => {
    const ids = fc.uniqueArray(anyValue, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(ids, fc.nat(), (existing, pick) => {
        const id = existing[pick % existing.length] ?? ''
        const parsed = parseRangeSpecification(formatIdAsSpecification(id, one), one)
        const others = existing.filter((other) => other !== formatIdAsSpecification(id, one) || other === id)
        expect(
          parsed.ok && resolveRangeSpecification(parsed.value, one, { existingIds: others, now: NOW }).ids,
        ).toEqual([id])
      }),
      propertyRuns(1000),
    )
  })

  it('reading never throws, and what it resolves to exists', () => {
    const pieces = fc.constantFrom(
      'design',
      'api',
      '|',
      '/',
      ',',
      '\\',
      '*',
      ' ',
      '2026-11-22',
      '2026-11-20',
      'CURRENT_DAY',
      'PREVIOUS_MONTH',
      '-7d',
      'now',
      'LATEST(2)',
      'ALL',
      'NP',
      'é',
    )
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(texts, fc.constantFrom([], one, AUDIT_DIMENSIONS), (text, dimensions) => {
        const parsed = parseRangeSpecification(text, dimensions)
        if (!parsed.ok) {
          for (const { start = 0, end = 0 } of parsed.issues)
            expect(0 <= start && start <= end && end <= text.length).toBe(true)
          return
        }
        const { ids, missing } = resolveRangeSpecification(parsed.value, dimensions, {
          existingIds: EXISTING,
          now: NOW,
        })
        expect(ids.every((id) => EXISTING.includes(id))).toBe(true)
        expect(missing.some((id) => EXISTING.includes(id))).toBe(false)
      }),
      propertyRuns('parser'),
    )
  })
})
