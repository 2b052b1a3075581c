import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { parseRangeSpecification } from '#lib/domain/partitioning/range/range-parser'
import { resolveRangeSpecification } from '#lib/domain/partitioning/range/range-resolve'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { BY_NODE_AND_DAY, definitionOver } from '../../testing/dataset-scene'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import { readPattern } from '../listing/list-partitions'
import { chooseSample, type SampleChoice } from './choose-sample'
import { whatEnded } from './collect-sample'

const NOW = Date.parse('2026-11-23T20:00:00Z')
const BY_DAY = BY_NODE_AND_DAY.dimensions.slice(1)

const over = (filePathPattern: string, dimensions = BY_NODE_AND_DAY.dimensions): DatasetDefinition =>
  definitionOver('/logs/', { partitioning: { dimensions, filePathPattern } })
const partitionsOf = ({ groups }: SampleChoice) => groups.map(([file]) => file?.partition)
const day = (first: string, n: number) =>
  new Date(Date.parse(first) + n * 86_400_000).toISOString().slice(0, 10)
const days = (first: string, count: number) => Array.from({ length: count }, (_, n) => day(first, n))
/** So many days up to one, that first. */
const daysBack = (last: string, count: number) => Array.from({ length: count }, (_, n) => day(last, -n))

describe('of the files of two months that ended long ago, more than may be listed', () => {
  const EACH = 10
  const scanBudget = 500
  const open = (nameOf: (date: string, n: number) => string) =>
    openMadeUpBucket(
      days('2026-08-01', 60).flatMap((date) =>
        Array.from({ length: EACH }, (_, n) => `logs/${nameOf(date, n)}`),
      ),
    )

  test('the newest partitions and LATEST(n) are the last there are, with all their files', async () => {
    const { store, asked } = await open((date, n) => `${date.replaceAll('-', '/')}/${n}.log`)
    const choose = (request: object) =>
      chooseSample(store, over('/%Y/%M/%D/.*', BY_DAY), request, { now: NOW, scanBudget })
    const newest = await choose({})
    expect(newest).toMatchObject({ mode: 'newest-partitions', isAll: false, cut: 'none' })
    expect(partitionsOf(newest)).toEqual(daysBack('2026-09-29', 7))
    expect(newest.groups.every((files) => files.length === EACH)).toBe(true)
    const last = await choose({ mode: 'last' })
    expect(last).toMatchObject({ amongNewest: true, isAll: false, cut: 'none' })
    expect([...new Set(last.groups.flat().map(({ partition }) => partition))].sort()).toEqual(
      daysBack('2026-09-29', 7).sort(),
    )
    const asks = { partitions: 'LATEST(2),2026-08-05' }
    expect(partitionsOf(await choose(asks))).toEqual([...daysBack('2026-09-29', 2), '2026-08-05'])
    asked.length = 0
    expect(partitionsOf(await choose({ partitions: 'LATEST(1)' }))).toEqual(['2026-09-29'])
    // The years, the months of the last, the days of the last of those, and what is in the last of these.
    expect(asked.length).toBeLessThanOrEqual(6)
  })

  test('with dates in their names, a kept listing says which they are; without one it is told that not all were seen', async () => {
    const { store } = await open((date, n) => `app-${date}-${n}.log`)
    const choose = (request: object, listed?: () => Promise<string[]>) =>
      chooseSample(store, over('/app-%Y-%M-%D-.*', BY_DAY), request, {
        now: NOW,
        scanBudget,
        ...(listed ? { listedIds: listed } : {}),
      })
    const listed = async () => days('2026-08-01', 60)
    const newest = await choose({}, listed)
    expect(partitionsOf(newest)).toEqual(daysBack('2026-09-29', 7))
    expect(newest).toMatchObject({ isAll: false, cut: 'none' })
    const latest = await choose({ partitions: 'LATEST(1)' }, listed)
    expect([partitionsOf(latest), latest.cut]).toEqual([['2026-09-29'], 'none'])
    // A listing that has days that are gone does not say which days there are.
    const gone = async () => days('2026-08-01', 70)
    for (const unknown of [undefined, gone])
      expect((await choose({ partitions: 'LATEST(1)' }, unknown)).cut).toBe('matters')
    expect((await choose({})).cut).toBe('matters')
    expect((await choose({ mode: 'first' })).cut).toBe('matters-if-short')
  })

  test('files that do not match are told as not all looked for, where they are a mistake', async () => {
    const { store } = await open((date, n) => `${date.replaceAll('-', '/')}/${n}.log`)
    const definition = over('/%Y/%M/%D/.*', BY_DAY)
    definition.partitioning.ignoreNonMatchingFile = false
    expect((await chooseSample(store, definition, { mode: 'first' }, { now: NOW, scanBudget })).cut).toBe(
      'matters',
    )
  })
})

test('LATEST(n) finds older partitions that came after a kept listing that has fewer', async () => {
  const dates = [...days('2020-01-01', 2), ...days('2019-01-01', 2)]
  const { store } = await openMadeUpBucket(dates.map((date) => `logs/app-${date}`))
  const choice = await chooseSample(
    store,
    over('/app-%Y-%M-%D', BY_DAY),
    { partitions: 'LATEST(4)' },
    { now: NOW, listedIds: async () => days('2020-01-01', 2) },
  )
  expect(partitionsOf(choice)).toEqual(['2020-01-02', '2020-01-01', '2019-01-02', '2019-01-01'])
})

test('a file that does not match fails a sample where that is a mistake, wherever it lies', async () => {
  const { store } = await openMadeUpBucket(['logs/2026/11/22/a.log', 'logs/zzz/b.log'])
  const definition = over('/%Y/%M/%D/.*', BY_DAY)
  definition.partitioning.ignoreNonMatchingFile = false
  for (const asked of [{}, { mode: 'first' }, { partitions: '2026-11-22' }] as const)
    await expect(chooseSample(store, definition, asked, { now: NOW })).rejects.toMatchObject({
      details: { reason: 'file-does-not-match', where: '/zzz/b.log' },
    })
})

test('partitions dated ahead of now are the newest', async () => {
  const dates = days('2026-11-20', 5)
  for (const [text, nameOf] of [
    ['/%Y/%M/%D/.*', (date: string) => `${date.replaceAll('-', '/')}/a.log`],
    ['/app-%Y-%M-%D', (date: string) => `app-${date}`],
  ] as const) {
    const { store } = await openMadeUpBucket(dates.map((date) => `logs/${nameOf(date)}`))
    const choose = (request: object) => chooseSample(store, over(text, BY_DAY), request, { now: NOW })
    for (const request of [{}, { partitions: '*' }])
      expect(partitionsOf(await choose(request))).toEqual(daysBack('2026-11-24', 5))
    expect(partitionsOf(await choose({ partitions: 'LATEST(2)' }))).toEqual(daysBack('2026-11-24', 2))
    const last = await choose({ mode: 'last' })
    expect(last.groups.flat().map(({ partition }) => partition)).toContain('2026-11-24')
  }
})

test.each(['2028-01-01', '2031-05-05', '9999-12-31'])(
  'a partition dated years ahead, as %s, is the newest',
  async (ahead) => {
    const dates = [...days('2026-11-20', 4), ahead]
    for (const name of ['app-%Y-%M-%D', '%Y%M%D.log', '%{node_type}-x-%Y-%M-%D']) {
      const nameOf = (date: string) => {
        const [year = '', month = '', dayOfMonth = ''] = date.split('-')
        return name
          .replace('%Y', year)
          .replace('%M', month)
          .replace('%D', dayOfMonth)
          .replace('%{node_type}', 'a')
      }
      const { store } = await openMadeUpBucket([...dates.map(nameOf), 'zzz'].map((file) => `logs/${file}`))
      const isByNode = name.includes('node_type')
      const pattern = over(`/${name}`, isByNode ? undefined : BY_DAY)
      const partitions = isByNode ? 'a|LATEST(2)' : 'LATEST(2)'
      const ids = [ahead, '2026-11-23'].map((date) => (isByNode ? `a|${date}` : date))
      expect(partitionsOf(await chooseSample(store, pattern, { partitions }, { now: NOW }))).toEqual(ids)
      expect(partitionsOf(await chooseSample(store, pattern, {}, { now: NOW }))[0]).toBe(ids[0])
    }
  },
)

test('names with recent dates alone are found without listing older ones', async () => {
  const old = days('2000-01-01', 3_000).map((date) => `logs/app-${date}`)
  const { store, asked } = await openMadeUpBucket([...old, 'logs/app-2026-11-22', 'logs/app-x'])
  const choice = await chooseSample(
    store,
    over('/app-%Y-%M-%D', BY_DAY),
    { partitions: 'LATEST(1)' },
    { now: NOW, scanBudget: 100 },
  )
  expect(partitionsOf(choice)).toEqual(['2026-11-22'])
  expect(asked.length).toBeLessThanOrEqual(30)
})

test('an argument that is the id of a partition is that one, whatever else it means', async () => {
  const values = ['a,b', 'a', '*', 'LATEST(1)', 'a\\b', ' sp ']
  const { store } = await openMadeUpBucket(values.map((value) => `logs/${value}/2026/11/22/x`))
  for (const value of values) {
    const partitions = `${value}|2026-11-22`
    const choice = await chooseSample(store, over('/%{node_type}/%Y/%M/%D/.*'), { partitions }, { now: NOW })
    expect(partitionsOf(choice)).toEqual([partitions])
  }
})

test('of more folders than are entered all are read', async () => {
  const keys = Array.from({ length: 2_300 }, (_, n) => `logs/dev-${n}/2026/11/22/a.log`)
  const { store } = await openMadeUpBucket(keys)
  for (const asked of [{}, { partitions: '*|2026-11-22' }, { partitions: '*|LATEST(1)' }] as const) {
    const choice = await chooseSample(store, over('/%{node_type}/%Y/%M/%D/.*'), asked, { now: NOW })
    expect([choice.groups.length, choice.isAll, choice.cut]).toEqual([keys.length, true, 'none'])
  }
})

describe('in any bucket', () => {
  const LAYOUTS = [
    [
      '/%{node_type}/%Y/%M/%D/.*',
      (node: string, [y, m, d]: string[], n: number) => `${node}/${y}/${m}/${d}/${n}`,
    ],
    [
      '/%Y/%M/%{node_type}-%D.*',
      (node: string, [y, m, d]: string[], n: number) => `${y}/${m}/${node}-${d}-${n}`,
    ],
    [
      '/[^/]+/%Y-%M/%D/%{node_type}/.*',
      (node: string, [y, m, d]: string[], n: number) => `h${n}/${y}-${m}/${d}/${node}/x`,
    ],
    [
      '/%{node_type}/.*-%Y%M%D',
      (node: string, [y, m, d]: string[], n: number) => `${node}/${n}-${y}${m}${d}`,
    ],
    [
      '/app-%Y-%M-%D-%{node_type}-.*',
      (node: string, [y, m, d]: string[], n: number) => `app-${y}-${m}-${d}-${node}-${n}`,
    ],
  ] as const
  const file = fc.record({
    node: fc.constantFrom('api', 'design', 'x'),
    day: fc
      .oneof(fc.integer({ min: -500, max: 400 }), fc.integer({ min: -9, max: 3 }))
      .map((n) => day('2026-11-23', n)),
    n: fc.nat(3),
  })
  const request = fc.constantFrom(
    '*|LATEST(1)',
    '*|LATEST(4)',
    'api|LATEST(2)',
    'api/x|LATEST(3)',
    'api|LATEST(1),design|LATEST(2)',
    '*|LATEST(1),api|-3d/now',
  )

  test('LATEST(n) chooses what it resolves to among all partitions, with all of their files', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...LAYOUTS),
        fc.array(file, { minLength: 1, maxLength: 40 }),
        request,
        fc.integer({ min: 3, max: 20 }),
        async ([text, pathOf], files, partitions, pageKeys) => {
          const paths = [...new Set(files.map(({ node, day, n }) => `/${pathOf(node, day.split('-'), n)}`))]
          const definition = over(text)
          const pattern = readPattern(definition)
          if (pattern === null) throw new Error('there is a pattern')
          const matcher = compileMatcher(pattern)
          const idOf = (path: string) => {
            const match = matcher.match(path)
            return match.ok ? match.id : ''
          }
          const parsed = parseRangeSpecification(partitions, pattern.dimensions)
          if (!parsed.ok) throw new Error(parsed.issues[0]?.message)
          const existingIds = new Set(paths.map(idOf))
          const { ids } = resolveRangeSpecification(parsed.value, pattern.dimensions, {
            existingIds,
            now: NOW,
          })
          const { store } = await openMadeUpBucket(
            paths.map((path) => `logs${path}`),
            { pageKeys },
          )
          const choice = await chooseSample(store, definition, { partitions }, { now: NOW })
          expect(choice.cut).toBe('none')
          expect(choice.groups.flatMap((group) => group.map(({ path }) => path)).sort()).toEqual(
            paths.filter((path) => ids.includes(idOf(path))).sort(),
          )
        },
      ),
      propertyRuns(40, 2_000),
    )
  })
})

test('what a cut listing left out is told unless the first records are all there', () => {
  const reading = { ranOut: false, isFull: false }
  const ends = (cut: SampleChoice['cut'], isLate = false) =>
    [true, false].map((isShort) => whatEnded(reading, { cut, isLate }, isShort))
  expect(ends('none')).toEqual([null, null])
  expect(ends('matters-if-short')).toEqual(['scan-budget', null])
  expect(ends('matters')).toEqual(['scan-budget', 'scan-budget'])
  expect(ends('matters-if-short', true)).toEqual(['scan-deadline', null])
  const late = { cut: 'matters', isLate: true } as const
  expect(whatEnded({ ranOut: true, isFull: true }, late, true)).toBe('deadline')
})

test('a listing whose time is over gives the files that are known', async () => {
  const keys = days('2026-08-01', 60).map((date) => `logs/${date.replaceAll('-', '/')}/a.log`)
  const { store } = await openMadeUpBucket(keys, { pageKeys: 25 })
  const definition = over('/%Y/%M/%D/.*', BY_DAY)
  const choice = await chooseSample(store, definition, { partitions: '*' }, { now: NOW, listUntilMs: NOW })
  expect(choice).toMatchObject({ cut: 'matters', isLate: true })
  expect(choice.groups.length).toBeGreaterThan(0)
  expect(choice.groups.length).toBeLessThan(60)
  const newest = await chooseSample(store, definition, {}, { now: NOW, listUntilMs: NOW })
  expect(newest).toMatchObject({ cut: 'matters', isLate: true })
  const whole = await chooseSample(store, definition, { partitions: '*' }, { now: NOW })
  expect(whole).toMatchObject({ cut: 'none', isLate: false })
})
