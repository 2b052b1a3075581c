import { expect, test } from 'vitest'
import { describeOutcome, describeParameters, labelJob } from './describe-job'

test('kinds have words; one that is not known stands as it is', () => {
  expect(labelJob('compute-metrics')).toBe('Compute metrics')
  expect(labelJob('count-sheep')).toBe('count-sheep')
  expect(labelJob('constructor')).toBe('constructor')
})

test('a computation tells its metrics and of what', () => {
  const payload = {
    dataset: { projectKey: 'AUDIT', name: 'logs' },
    partition: 'api|2026-11-22',
    metricIds: ['basic:SIZE', 'records:COUNT_RECORDS'],
  }
  expect(describeParameters('compute-metrics', payload)).toEqual([
    { name: 'Metrics', value: 'Size, Records' },
    { name: 'Of', value: 'api|2026-11-22' },
  ])
})

test('a computation warns of values that no column of the schema shows', () => {
  const at = '2026-11-22T14:02:00Z'
  const result = { startedAt: at, finishedAt: at, values: [] }
  expect(describeOutcome('compute-metrics', result).warnings).toEqual([])
  const outside = { columns: [{ name: 'amount', type: 'string', values: 4 }], more: 0, values: 4 }
  expect(describeOutcome('compute-metrics', { ...result, outside }).warnings).toEqual([
    '4 values stand in 1 column that is not in the schema: amount.',
  ])
})

test('a listing warns of files that fit no partition and of an early end', () => {
  const result = {
    listedAt: '2026-11-22T14:02:00Z',
    complete: false,
    ledger: {
      listed: 10,
      matched: 8,
      unmatched: 1,
      excluded: { rule: 1, folderMarker: 0, archived: 0 },
      unmatchedGroups: [],
    },
    partitions: 4,
    emptyBecause: null,
  }
  const { outcome, warnings } = describeOutcome('list-partitions', result)
  expect(outcome).toContainEqual({ name: 'Listed', value: '10 objects' })
  expect(outcome).toContainEqual({ name: 'Excluded', value: '1' })
  expect(warnings).toEqual([
    'The listing did not see everything: the numbers are those so far.',
    '1 file fits no partition and cannot be read.',
  ])
})

test('a detection that found nothing says why', () => {
  expect(describeOutcome('test-and-detect', { format: { ok: false, message: 'No file is there.' } })).toEqual(
    {
      outcome: [],
      warnings: ['No file is there.'],
    },
  )
})

test.each(['list-partitions', 'compute-metrics', 'test-and-detect', 'other'])(
  '%s without a result, or with one of another time, tells nothing',
  (kind) => {
    for (const result of [null, 7, {}, { values: 'x' }])
      expect(describeOutcome(kind, result)).toEqual({ outcome: [], warnings: [] })
    expect(describeParameters(kind, { no: 'payload' })).toEqual([])
  },
)
