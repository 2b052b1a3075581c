import { describe, expect, it, test } from 'vitest'
import { coverFolder, type KeyPage } from './cover-folder'

const PAGE = 1_000
const CALLS = 48

/** A folder of so many keys, with how often it was listed. */
async function cover(paths: readonly string[], calls = CALLS) {
  const sorted = [...paths].sort()
  const counts = { calls: 0 }
  const list = async (after: string): Promise<KeyPage<{ path: string }>> => {
    counts.calls++
    const from = sorted.findIndex((path) => path > after)
    const keys = from < 0 ? [] : sorted.slice(from, from + PAGE)
    return { keys: keys.map((path) => ({ path })), goesOn: from >= 0 && from + PAGE < sorted.length }
  }
  const first = await list('')
  counts.calls = 0
  const found = await coverFolder('/e/', first, calls, list)
  const seen = found.keys.map(({ path }) => path).sort()
  expect(new Set(seen).size).toBe(seen.length)
  return { ...counts, seen, isAll: found.isAll, sorted, hasLast: seen.at(-1) === sorted.at(-1) }
}

const many = (count: number, write: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => `/e/${write(n)}`)
const hourly = (n: number) => new Date(Date.UTC(2019, 0, 1) + n * 3_600_000).toISOString()
/** Digits that look random, the same ones each time. */
const hash = (n: number) => (((n + 1) * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0')

describe('a flat folder', () => {
  test.each<[string, string[]]>([
    ['1,001 numbers', many(1_001, (n) => `part-${String(n).padStart(5, '0')}.csv`)],
    ['9,000 numbers', many(9_000, (n) => `part-${String(n).padStart(5, '0')}.csv`)],
    ['numbers without leading zeros', many(4_500, (n) => `${n}.csv`)],
    ['names without an order', many(12_000, (n) => `${hash(n)}-${hash(n * 7)}.json`)],
    ['two kinds of names', [...many(1_500, (n) => `a${n}.log`), ...many(1_500, (n) => `Übersicht ${n}.log`)]],
  ])('of some thousand keys is known whole: %s', async (_, paths) => {
    const { seen, isAll, sorted, calls } = await cover(paths)
    expect(isAll).toBe(true)
    expect(seen).toEqual(sorted)
    expect(calls).toBeLessThanOrEqual(CALLS)
  })

  test.each<[string, string[]]>([
    ['hours of seven years', many(61_000, (n) => `app-${hourly(n)}.log.gz`)],
    ['numbers', many(250_000, (n) => `event-${String(n).padStart(8, '0')}.json`)],
    ['days with random ends', many(90_000, (n) => `${hourly(n).slice(0, 13)}-${hash(n)}.parquet`)],
    ['epoch milliseconds', many(200_000, (n) => `${1_700_000_000_000 + n * 60_000}.json`)],
  ])('of more keys is known at its end, where the newest are: %s', async (_, paths) => {
    const { calls, hasLast, isAll, seen } = await cover(paths)
    expect(calls).toBeLessThanOrEqual(CALLS)
    expect(hasLast).toBe(true)
    expect(isAll).toBe(false)
    expect(seen.length).toBeGreaterThan(PAGE)
  })

  it('is known whole where its own key is the whole first page', async () => {
    const [own, file] = [{ path: '/e/' }, { path: '/e/a.log' }]
    const list = async () => ({ keys: [file], goesOn: false })
    const found = await coverFolder('/e/', { keys: [own], goesOn: true }, CALLS, list)
    expect(found).toEqual({ keys: [own, file], isAll: true })
  })

  it('never costs more calls than it may, and says that not all were seen', async () => {
    for (const calls of [0, 1, 5]) {
      const found = await cover(many(20_000, hash), calls)
      expect(found.calls).toBeLessThanOrEqual(calls)
      expect(found.isAll).toBe(false)
    }
  })
})
