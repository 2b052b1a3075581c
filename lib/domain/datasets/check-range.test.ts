import { describe, expect, it, test } from 'vitest'
import type { Dimension } from '../partitioning/dimensions'
import { checkRange } from './check-range'
import type { PartitionsReport } from './partitions-wire'

const DIMENSIONS: Dimension[] = [
  { name: 'node_type', type: 'value' },
  { name: 'date', type: 'time', params: { period: 'DAY' } },
]
const NOW = Date.UTC(2026, 10, 23, 12)
const IDS = ['api', 'design'].flatMap((node) => [20, 21, 22, 23].map((day) => `${node}|2026-11-${day}`))
const REPORT = { ledger: { partitions: IDS.map((id) => ({ id })) } } as PartitionsReport

describe('a range specification as it is typed', () => {
  test.each([
    ['*|*', 'Resolves to 8 partitions'],
    ['ALL', 'Resolves to 8 partitions'],
    ['*|-2d/now', 'Resolves to 6 partitions, both ends included'],
    ['api|LATEST(2)', 'Resolves to 2 partitions'],
    ['api|CURRENT_DAY', 'Resolves to 1 partition'],
    ['api|2026-11-22,design|2026-11-23', 'Resolves to 2 partitions'],
    ['api/design|2026-11-20/2026-11-21', 'Resolves to 4 partitions, both ends included'],
    ['api|2026-11-24', 'Resolves to 0 partitions; 1 asked for does not exist (api|2026-11-24)'],
    ['govern|LATEST(2)', 'Resolves to 0 partitions'],
  ])('%s: %s', (text, said) => {
    expect(checkRange(text, DIMENSIONS, REPORT, NOW)).toMatchObject({ mistake: null, said })
  })

  test.each([
    ['api', /node_type.*date/],
    ['api|yesterday', /^At character 5: “yesterday” is no period of date/],
    ['api|LATEST(0)', /needs a number from 1/],
    ['LATEST(2)|*', /is no time dimension/],
    ['api|now/-7d', /exchange the two/],
    ['api|2026-11-20/', /The date is missing: write YYYY-MM-DD/],
    ['api|2026-13-01', /is no period of date/],
    ['api|*,', /./],
  ])('%s is refused', (text, mistake) => {
    const check = checkRange(text, DIMENSIONS, REPORT, NOW)
    expect(check.mistake).toMatch(mistake)
    expect(check.ids).toBeNull()
  })

  it('can be used before a listing', () => {
    expect(checkRange('*|-7d/now', DIMENSIONS, null, NOW)).toMatchObject({ mistake: null, ids: null })
  })
})
