import { expect, test } from 'vitest'
import { probeFurther } from './probe-further'

const PAGE = 1_000

/** A folder of so many keys, with how often it was listed. */
function folderOf(paths: readonly string[]) {
  const sorted = [...paths].sort()
  const counts = { calls: 0 }
  const list = async (after: string) => {
    counts.calls++
    return sorted
      .filter((path) => path > after)
      .slice(0, PAGE)
      .map((path) => ({ path }))
  }
  return { counts, list, first: sorted[0] ?? '', last: sorted[PAGE - 1] ?? '' }
}

test.each([
  ['numbers', (n: number) => `/events/event-${String(n).padStart(6, '0')}.json`, 50_000],
  [
    'days',
    (n: number) => `/events/${new Date(Date.UTC(2024, 0, 1) + n * 3_600_000).toISOString()}.csv.gz`,
    20_000,
  ],
])('reaches later keys of a flat folder by few calls: %s', async (_, path, count) => {
  const { list, counts, first, last } = folderOf(Array.from({ length: count }, (_one, n) => path(n)))
  const found = await probeFurther({ folder: '/events/', first, last }, 23, list)
  expect(counts.calls).toBeLessThanOrEqual(23)
  expect(new Set(found.map((one) => one.path)).size).toBe(found.length)
  const latest =
    found
      .map((one) => one.path)
      .sort()
      .at(-1) ?? ''
  expect(latest > path(Math.floor(count * 0.75))).toBe(true)
})

test('finds nothing where nothing follows, and never calls more often than it may', async () => {
  const { list, counts } = folderOf(['/a/1.csv'])
  expect(await probeFurther({ folder: '/a/', first: '/a/1.csv', last: '/a/1.csv' }, 3, list)).toEqual([])
  expect(counts.calls).toBeLessThanOrEqual(3)
  expect(await probeFurther({ folder: '/a/', first: '/a/1.csv', last: '/a/1.csv' }, 0, list)).toEqual([])
})
