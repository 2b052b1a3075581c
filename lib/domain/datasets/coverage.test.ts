import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dimension } from '../partitioning/dimensions'
import { formatPeriod, periodAt } from '../partitioning/periods'
import { measureCoverage } from './coverage'

const DAY: Dimension = { name: 'date', type: 'time', params: { period: 'DAY' } }
const NODE: Dimension = { name: 'node_type', type: 'value' }
const NOW = Date.UTC(2026, 10, 22, 14)

const partition = (id: string, sizeBytes = 10) => ({
  id,
  files: 1,
  sizeBytes,
  firstChangedAt: NOW,
  lastChangedAt: NOW,
})

describe('coverage', () => {
  it('finds what is missing up to the period before the current one, the newest first', () => {
    const coverage = measureCoverage(
      [partition('design|2026-11-19'), partition('api|2026-11-20'), partition('design|2026-11-21', 0)],
      [NODE, DAY],
      NOW,
    )
    expect(coverage).toMatchObject({ period: 'DAY', periods: 4, expected: 8 })
    expect(coverage?.missing).toEqual(['api|2026-11-21', 'design|2026-11-20', 'api|2026-11-19'])
    expect(coverage?.values).toEqual([
      {
        value: 'api',
        cells: [
          { period: '2026-11-20', files: 1, bytes: 10, state: 'full' },
          { period: '2026-11-22', files: 0, bytes: 0, state: 'filling' },
        ],
      },
      {
        value: 'design',
        cells: [
          { period: '2026-11-19', files: 1, bytes: 10, state: 'full' },
          { period: '2026-11-21', files: 1, bytes: 0, state: 'empty' },
          { period: '2026-11-22', files: 0, bytes: 0, state: 'filling' },
        ],
      },
    ])
  })

  it('keeps the order of the dimensions in ids', () => {
    const coverage = measureCoverage([partition('2026-11-20|design')], [DAY, NODE], NOW)
    expect(coverage?.missing).toEqual(['2026-11-21|design'])
  })

  it('has nothing to say without time or partitions', () => {
    expect(measureCoverage([partition('design')], [NODE], NOW)).toBe(null)
    expect(measureCoverage([], [NODE, DAY], NOW)).toBe(null)
  })

  it('does not count gaps one by one that nobody could look at', () => {
    const hour: Dimension = { name: 'hour', type: 'time', params: { period: 'HOUR' } }
    const coverage = measureCoverage([partition('1970-01-01-00')], [hour], NOW)
    expect(coverage).toMatchObject({ expected: null, missing: [] })
  })

  it('accounts for every period of every value: there, missing or current', () => {
    const day = periodAt(NOW, 'DAY')
    const ids = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 60 })), {
      minLength: 1,
      selector: ([value, ago]) => `${value}${ago}`,
    })
    fc.assert(
      fc.property(ids, (chosen) => {
        const partitions = chosen.map(([value, ago]) =>
          partition(`${value}|${formatPeriod(day - ago, 'DAY')}`),
        )
        const coverage = measureCoverage(partitions, [NODE, DAY], NOW)
        const values = coverage?.values.length ?? 0
        expect(coverage?.expected).toBe(partitions.length + (coverage?.missing.length ?? 0) + values)
      }),
    )
  })
})
