import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import type { Dimension } from './dimensions'
import { formatPartitionId, parsePartitionId } from './partition-id'
import { AUDIT_DIMENSIONS, anyPeriod, anyValue, periodIds, timeDimension } from './partitioning.arbitraries'

const one: Dimension[] = [{ name: 'a', type: 'value' }]

describe('partition ids', () => {
  test.each<[string, readonly Dimension[], object]>([
    ['design|2026-11-22', AUDIT_DIMENSIONS, { kind: 'partition', values: ['design', '2026-11-22'] }],
    ['a\\b,c/d|2026-11-22', AUDIT_DIMENSIONS, { kind: 'partition', values: ['a\\b,c/d', '2026-11-22'] }],
    ['2026-11-22-14', [timeDimension('HOUR')], { kind: 'partition', values: ['2026-11-22-14'] }],
    ['NP', [], { kind: 'whole' }],
    ['NP', one, { kind: 'whole' }],
    ['ALL', one, { kind: 'whole' }],
    ['ALL', [], { kind: 'whole' }],
    ['ALL', AUDIT_DIMENSIONS, { kind: 'whole' }],
    ['NP|2026-11-22', AUDIT_DIMENSIONS, { kind: 'partition', values: ['NP', '2026-11-22'] }],
  ])('%s', (text, dimensions, expected) => {
    expect(parsePartitionId(text, dimensions)).toEqual({ ok: true, value: expected })
  })

  test.each<[string, readonly Dimension[], [string, number, number][]]>([
    ['design', AUDIT_DIMENSIONS, [['wrong-count', 0, 6]]],
    ['a|b|2026-11-22', AUDIT_DIMENSIONS, [['wrong-count', 0, 14]]],
    [
      '|2026-02-30',
      AUDIT_DIMENSIONS,
      [
        ['empty-value', 0, 0],
        ['bad-period', 1, 11],
      ],
    ],
    [
      'de\nsign|2026-11',
      AUDIT_DIMENSIONS,
      [
        ['value-has-control-character', 0, 7],
        ['bad-period', 8, 15],
      ],
    ],
    ['2026', [], [['not-partitioned', 0, 4]]],
  ])('%j is refused', (text, dimensions, expected) => {
    const parsed = parsePartitionId(text, dimensions)
    expect(parsed.ok ? [] : parsed.issues.map(({ reason, start, end }) => [reason, start, end])).toEqual(
      expected,
    )
  })

  it('cannot be made of a value with the separator', () => {
    expect(formatPartitionId(['a|b', '2026-11-22'], AUDIT_DIMENSIONS)).toMatchObject({
      ok: false,
      issues: [{ reason: 'value-has-separator' }],
    })
    expect(formatPartitionId([], AUDIT_DIMENSIONS)).toMatchObject({
      ok: false,
      issues: [{ reason: 'wrong-count' }],
    })
    for (const reserved of ['ALL', 'NP'])
      expect(formatPartitionId([reserved], one)).toMatchObject({ issues: [{ reason: 'value-is-reserved' }] })
    expect(formatPartitionId([], [])).toEqual({ ok: true, value: 'NP' })
  })

  it('read as what was written', () => {
    const cases = anyPeriod.chain((period) =>
      fc.tuple(fc.constant(period), fc.tuple(anyValue, periodIds(period), anyValue)),
    )
    fc.assert(
      fc.property(cases, ([period, values]) => {
        const dimensions: Dimension[] = [
          { name: 'a', type: 'value' },
          timeDimension(period),
          { name: 'b', type: 'value' },
        ]
        const id = formatPartitionId(values, dimensions)
        expect(id.ok && parsePartitionId(id.value, dimensions)).toEqual({
          ok: true,
          value: { kind: 'partition', values },
        })
      }),
      propertyRuns(),
    )
  })

  it('are read from any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom([], one, AUDIT_DIMENSIONS),
        (text, dimensions) => {
          const parsed = parsePartitionId(text, dimensions)
          if (parsed.ok && parsed.value.kind === 'partition') expect(parsed.value.values.join('|')).toBe(text)
        },
      ),
      propertyRuns(),
    )
  })
})
