import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDay,
  formatDuration,
  formatExact,
  formatQuantity,
  formatRelativeTime,
  formatUtc,
} from './format'

const NOW = new Date('2026-11-22T14:05:00Z')
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)

test.each([
  [0, '0'],
  [999, '999'],
  [1204332, '1,204,332'],
])('count %d is %s', (count, text) => {
  expect(formatCount(count)).toBe(text)
})

test('a quantity agrees with its noun', () => {
  expect(formatQuantity(1, 'person', 'people')).toBe('1 person')
  expect(formatQuantity(1400, 'object')).toBe('1,400 objects')
  expect(formatQuantity(0, 'object')).toBe('0 objects')
})

test.each([
  [0, '0 B'],
  [420, '420 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [271_400, '271 kB'],
  [999_499, '999 kB'],
  [999_950, '1.0 MB'],
  [14_200_000, '14.2 MB'],
  [99_940_000, '99.9 MB'],
  [99_960_000, '100 MB'],
  [257_000_000, '257 MB'],
  [999_600_000, '1.0 GB'],
  [1_400_000_000, '1.4 GB'],
  [2.5e12, '2.5 TB'],
  [9e18, '9000 PB'],
])('%d bytes are %s', (sizeBytes, text) => {
  expect(formatBytes(sizeBytes)).toBe(text)
})

test.each([
  [0, '0 ms'],
  [38, '38 ms'],
  [400, '0.4 s'],
  [9949, '9.9 s'],
  [41_000, '41 s'],
  [59_600, '1 min'],
  [180_000, '3 min'],
  [7_200_000, '2 h'],
  [3 * 86_400_000, '3 days'],
])('%d ms last %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text)
})

describe('relative time', () => {
  test.each([
    [0, 'now'],
    [24, '24 s ago'],
    [59.9, '59 s ago'],
    [60, '1 min ago'],
    [6 * 60, '6 min ago'],
    [3600, '1 h ago'],
    [86_399, '23 h ago'],
    [86_400, 'Nov 21'],
    [20 * 86_400, 'Nov 2'],
    [365 * 86_400, 'Nov 22, 2025'],
    [-20, 'in 20 s'],
  ])('%d s before now is %s', (seconds, text) => {
    expect(formatRelativeTime(before(seconds), NOW)).toBe(text)
  })
})

test('a day depends on the zone it is asked for, not on the machine', () => {
  const late = new Date('2026-11-21T23:30:00Z')
  expect(formatDay(late, NOW)).toBe('Nov 21')
  expect(formatDay(late, NOW, 'Europe/Paris')).toBe('Nov 22')
})

test('exact times', () => {
  const at = new Date('2026-11-22T14:03:12.999Z')
  expect(formatUtc(at)).toBe('2026-11-22 14:03:12 UTC')
  expect(formatExact(at)).toBe('2026-11-22 14:03:12 UTC')
  expect(formatExact(at, 'Europe/Paris')).toBe('2026-11-22 15:03:12 Europe/Paris')
  expect(formatClock(at)).toBe('14:03 UTC')
  expect(formatClock(at, 'Europe/Paris', true)).toBe('15:03:12')
  expect(formatClock(new Date('2026-11-22T00:03:12Z'))).toBe('00:03 UTC')
})
