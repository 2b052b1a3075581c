import { expect, test } from 'vitest'
import { backoffMs } from './backoff'
import { withRepeats } from './envelope'
import { formatBatchPath, startOfHour } from './object-key'

test('the folder is the UTC hour, whatever zone the machine is in', () => {
  const hour = new Date('2026-03-01T00:59:59.999Z')
  const place = { nodeType: 'design', hour, batchId: 'b' }
  expect(formatBatchPath({ ...place, stream: 'instance' })).toBe(
    '/audit-logs/design/2026/03/01/00/b.ndjson.gz',
  )
  expect(formatBatchPath({ ...place, stream: 'apinode' })).toBe(
    '/apinode-audit-logs/2026/03/01/00/b.ndjson.gz',
  )
  expect(startOfHour(hour).toISOString()).toBe('2026-03-01T00:00:00.000Z')
})

test('waiting doubles up to a minute, and never falls below half of it', () => {
  expect([1, 2, 3, 7, 100].map((attempts) => backoffMs(attempts, 0))).toEqual([
    1_000, 2_000, 4_000, 60_000, 60_000,
  ])
  expect(backoffMs(100, 0.999)).toBeGreaterThanOrEqual(30_000)
})

test('an event that stands for repeats says how many', () => {
  expect(withRepeats('{"message":{"a":1}}', 1)).toBe('{"message":{"a":1}}')
  expect(withRepeats('{"message":{"a":1}}', 3)).toBe('{"message":{"a":1,"count":3}}')
})
