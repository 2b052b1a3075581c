import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareKeys } from '#lib/domain/connections/key-order'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { gather } from '../../testing/loopback-store'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import type { ListAllRequest } from './types'

const files = (folder: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${folder}${String(index).padStart(6, '0')}`)

async function list(keys: readonly string[], request: Partial<ListAllRequest> = {}) {
  const { store, asked } = await openMadeUpBucket(keys)
  const passed: string[] = []
  let requests = 0
  const listed = await gather(
    store.listAll({
      prefixPaths: ['/'],
      concurrency: 4,
      onPassed: (folder) => passed.push(folder),
      onRequest: () => {
        requests++
      },
      ...request,
    }),
  )
  expect(requests).toBe(asked.length)
  return { paths: listed.flat().map(({ path }) => path), asked, passed }
}

const sorted = (paths: readonly string[]) => paths.toSorted(compareKeys)
const asPaths = (keys: readonly string[]) => sorted(keys.map((key) => `/${key}`))
const outside = (...folders: string[]) => ({
  mayHold: (folder: string) => !folders.some((one) => folder.startsWith(one)),
})

describe('a listing of everything', () => {
  it('is one request where a page holds it, and cut by folders where not', async () => {
    const small = [...files('a/', 500), ...files('b/', 499), 'c']
    expect((await list(small)).asked).toHaveLength(1)
    const { paths, asked } = await list([...small, 'd'])
    expect(sorted(paths)).toEqual(asPaths([...small, 'd']))
    // The page that did not hold it, the folders twice since they are few, and each folder.
    expect(asked.length).toBeLessThanOrEqual(6)
  })

  it('shares pages among many small folders', async () => {
    const keys = Array.from({ length: 900 }, (_, folder) => files(`n${folder}/`, 5)).flat()
    const { paths, asked } = await list(keys)
    expect(sorted(paths)).toEqual(asPaths(keys))
    expect(asked.length).toBeLessThan(30)
  })

  it('finds what no character comes after where parts meet', async () => {
    const keys = Array.from({ length: 900 }, (_, n) => [`n${n}/a`, `n${n}/\u{10ffff}`, `n${n}/\u{10ffff}z`])
    const { paths } = await list(keys.flat())
    expect(sorted(paths)).toEqual(asPaths(keys.flat()))
  })

  it('finds everything where a page does not even hold the folders', async () => {
    const keys = [...Array.from({ length: 2_500 }, (_, folder) => `n${folder}/x`), ...files('', 700), 'zz']
    const { paths, asked } = await list(keys)
    expect(sorted(paths)).toEqual(asPaths(keys))
    expect(asked.length).toBeLessThan(30)
  })
})

describe('folders that can hold nothing wanted', () => {
  it('are not listed, and told', async () => {
    const wanted = [...files('api/2026/', 700), ...files('design/2026/', 700)]
    const keys = [...wanted, ...files('archive/2026/', 5_000), ...files('tmp/', 3), 'readme']
    const { paths, asked, passed } = await list(keys, outside('/archive/', '/tmp/'))
    expect(sorted(paths)).toEqual(asPaths([...wanted, 'readme']))
    expect(passed.sort()).toEqual(['/archive/', '/tmp/'])
    expect(asked.some(({ prefix }) => /^(archive|tmp)/.test(prefix))).toBe(false)
    // After the first page of all, no key of them was ever sent.
    expect(asked.slice(1).flatMap(({ keys }) => keys.filter((key) => /^(archive|tmp)/.test(key)))).toEqual([])
  })

  it('are jumped over where a page ends in them, and counted where a page holds them', async () => {
    const wanted = ['a', 'b', 'c', 'd'].flatMap((folder) => files(`${folder}/2026/`, 1_200))
    const keys = [...wanted, ...files('a/2025/', 10), ...files('b/2027/', 50_000), ...files('b/2028/', 10)]
    const { paths, asked, passed } = await list(keys, outside('/a/2025/', '/b/2027/', '/b/2028/'))
    expect(sorted(paths)).toEqual(asPaths([...wanted, ...files('a/2025/', 10), ...files('b/2028/', 10)]))
    expect(passed).toEqual(['/b/2027/'])
    // 4,820 keys in four folders, the page of all, the folders and the page that met what is passed by.
    expect(asked.length).toBeLessThanOrEqual(13)
  })

  it('are read to their end where no jump goes behind what they hold', async () => {
    const wanted = [...files('a/', 1_200), ...files('c/', 1_200)]
    const { paths } = await list([...wanted, ...files('a/x/\u{10ffff}', 2_500)], outside('/a/x/'))
    expect(sorted(paths.filter((path) => !path.startsWith('/a/x/')))).toEqual(asPaths(wanted))
  })

  it('cost at most a page each beside thousands of folders', async () => {
    const wanted = Array.from({ length: 1_500 }, (_, folder) => `n${folder}/x`)
    const keys = [...wanted, ...files('n1/archive/', 20_000), ...files('m/', 20_000)]
    const { paths, asked, passed } = await list(keys, outside('/n1/archive/', '/m/'))
    expect(sorted(paths)).toEqual(asPaths(wanted))
    expect(passed.sort()).toEqual(['/m/', '/n1/archive/'])
    expect(asked.length).toBeLessThan(30)
  })

  it('never cost a wanted key, whatever lies where', async () => {
    const folder = fc.constantFrom('', 'a/', 'a/b/', 'a/x/', 'b/', 'x/', 'x/a/', 'aa/', 'é/', '🙂/')
    const keys = fc.array(fc.tuple(folder, fc.integer({ min: 1, max: 1_100 })), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 4 }), async (counts, concurrency) => {
        const all = [...new Set(counts.flatMap(([name, count]) => files(name, count)))]
        const isRefused = (path: string) => /(^|\/)x\//.test(path)
        const { paths, passed } = await list(all, { concurrency, mayHold: (name) => !isRefused(name) })
        expect(new Set(paths).size).toBe(paths.length)
        expect(sorted(paths.filter((path) => !isRefused(path)))).toEqual(
          asPaths(all).filter((path) => !isRefused(path)),
        )
        // What is refused is listed whole or told.
        const left = asPaths(all).filter((path) => !paths.includes(path))
        expect(left.every((path) => passed.some((name) => path.startsWith(name)))).toBe(true)
        expect(new Set(passed).size).toBe(passed.length)
      }),
      propertyRuns(20, 200),
    )
  })
})
