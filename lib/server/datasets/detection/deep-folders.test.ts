import { expect, test } from 'vitest'
import { definitionOver } from '../../testing/dataset-scene'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import { findPreviewFile } from './find-preview-file'
import { meetFiles } from './meet-files'

/** Days in 2025 and 2026, the last one 23 November 2026, as `2026`, `11` and `23`. */
const DAYS = Array.from({ length: 100 }, (_, n) =>
  new Date(Date.UTC(2025, 9, 24 + 4 * n - 1)).toISOString().slice(0, 10).split('-'),
)
const [LAST_YEAR, LAST_MONTH, LAST_DAY] = DAYS.at(-1) ?? []
const ACCOUNTS = ['1111', '2222', '3333', '4444', '5555', '6666']
const VAULT = 'SUBSCRIPTIONS/A/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/V'

/** Layouts, each with the keys of one day, and how many days a look at files of different ages should meet at least. */
const LAYOUTS = {
  'accounts and regions': {
    keysOf: (y: string, m: string, d: string) =>
      ACCOUNTS.flatMap((id) =>
        ['eu', 'us'].map((region) => `logs/AWSLogs/o-x/${id}/CloudTrail/${region}/${y}/${m}/${d}/a.gz`),
      ),
    days: 12,
  },
  'resources and minutes': {
    keysOf: (y: string, m: string, d: string) =>
      Array.from(
        { length: 12 },
        (_, hour) => `logs/resourceId=/${VAULT}/y=${y}/m=${m}/d=${d}/h=${10 + hour}/m=00/PT1H.json`,
      ),
    days: 6,
  },
  'tenants, services and hours': {
    keysOf: (y: string, m: string, d: string) =>
      ACCOUNTS.flatMap((tenant) =>
        ACCOUNTS.map((service) => `logs/${tenant}/${service}/${y}/${m}/${d}/00/x.json`),
      ),
    days: 6,
  },
}

const dayOf = (path: string) => /(\d{4})\D+(\d\d)\D+(\d\d)/.exec(path)?.slice(1, 4).join('-') ?? ''
const LAST = `${LAST_YEAR}-${LAST_MONTH}-${LAST_DAY}`
const definition = definitionOver('/logs/')

test.each(Object.entries(LAYOUTS))('the newest day is found below %s', async (_, { keysOf, days }) => {
  const keys = DAYS.flatMap(([y = '', m = '', d = '']) => keysOf(y, m, d))
  expect(keys.length).toBeGreaterThan(1_000)
  const { store, asked } = await openMadeUpBucket(keys)
  const shown = await findPreviewFile(store, definition)
  expect(dayOf(shown?.path ?? '')).toBe(LAST)
  expect(shown?.isOfLastFolder).toBe(true)
  expect(asked.length).toBeLessThanOrEqual(60)
  const met = (await meetFiles(store, definition, 40)).map(({ path }) => dayOf(path)).sort()
  expect(met[0]).toBe(DAYS[0]?.join('-'))
  expect(met.at(-1)).toBe(LAST)
  expect(new Set(met).size).toBeGreaterThanOrEqual(days)
  expect(asked.length).toBeLessThanOrEqual(120)
})

test('of all there is where a page holds it, the newest is found by two calls', async () => {
  const keys = ACCOUNTS.flatMap((id) =>
    Array.from({ length: 40 }, (_, n) => `logs/${id}/${10 + n}/a/b/c/d.gz`),
  )
  const newest = 'logs/2222/17/a/b/c/d.gz'
  const { store, asked } = await openMadeUpBucket([...keys, 'logs/zzz/README'], {
    modifiedAt: (key) => (key === newest ? '2026-11-22T00:00:00Z' : '2025-01-01T00:00:00Z'),
  })
  expect(await findPreviewFile(store, definition)).toMatchObject({
    path: newest.slice('logs'.length),
    newestOf: null,
    isOfLastFolder: false,
  })
  expect(asked).toHaveLength(2)
  expect(await meetFiles(store, definition, 40)).toHaveLength(keys.length + 1)
})

test('above the prefixes that a connection opens, the folders that lead to them are followed', async () => {
  const { store } = await openMadeUpBucket(['logs/a/b/c.gz', 'secret/x.gz'], {
    target: { allowedPrefixes: ['/logs/a/'] },
  })
  expect((await findPreviewFile(store, definitionOver('/')))?.path).toBe('/logs/a/b/c.gz')
  expect((await meetFiles(store, definitionOver('/'), 40)).map(({ path }) => path)).toEqual([
    '/logs/a/b/c.gz',
  ])
})

test('of files of one moment, as copies of a bucket have, the last by name is taken', async () => {
  const { store } = await openMadeUpBucket(['logs/2025/a.csv', 'logs/2026/a.csv', 'logs/2026/b.csv'])
  expect((await findPreviewFile(store, definition))?.path).toBe('/2026/b.csv')
})
