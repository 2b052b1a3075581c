import { expect, test } from 'vitest'
import type { MetricPoint } from '#lib/domain/datasets/metrics'
import { groupComputations, valuesOf } from './computations'

const point = (computedAt: string, change: Partial<MetricPoint>): MetricPoint => ({
  metric: 'basic:COUNT_FILES',
  partition: 'ALL',
  value: 1,
  computedAt,
  stale: false,
  unreadFiles: 0,
  declaredFiles: 0,
  computedBy: null,
  ...change,
})

test('what was computed at one time stands together, the newest first', () => {
  const computations = groupComputations([
    point('2026-11-22T10:00:00Z', { value: 3, computedBy: 'ada' }),
    point('2026-11-22T10:00:00Z', { metric: 'basic:SIZE', value: 9, computedBy: 'ada' }),
    point('2026-11-21T10:00:00Z', { value: 2, stale: true }),
  ])
  expect(computations.map(({ at, by, stale }) => [at, by, stale])).toEqual([
    ['2026-11-22T10:00:00Z', 'ada', false],
    ['2026-11-21T10:00:00Z', null, true],
  ])
  expect(valuesOf(computations, 'basic:COUNT_FILES')).toEqual([2, 3])
  expect(valuesOf(computations, 'basic:SIZE')).toEqual([9])
  expect(valuesOf(computations, 'records:COUNT_RECORDS')).toEqual([])
})
