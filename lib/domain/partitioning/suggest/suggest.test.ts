import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { folderValue, patternOf } from '../partitioning.arbitraries'
import { compileMatcher } from '../pattern/matcher'
import { readPathPattern } from '../pattern/path-pattern'
import { suggestPartitioning } from './suggest'
import { type LaidOut, laidOutPaths } from './suggest-layouts.arbitraries'

function best(paths: string[], valueName?: string) {
  const [first] = suggestPartitioning(paths, valueName === undefined ? {} : { valueName })
  if (first === undefined) return null
  const dimensions = first.dimensions.map((dimension) =>
    dimension.type === 'time' ? `${dimension.name}:${dimension.params.period}` : dimension.name,
  )
  return [first.filePathPattern, dimensions.join(), first.matched]
}

/** Whether files are in the same suggested partition exactly where they were made for the same one. */
function isFound(files: readonly LaidOut[]): boolean {
  const [first] = suggestPartitioning(files.map(({ path }) => path))
  if (first === undefined || first.matched !== files.length) return false
  const matcher = compileMatcher(patternOf(first.filePathPattern, first.dimensions))
  const pairs = new Set<string>()
  const ids = new Set<string>()
  for (const { path, partition } of files) {
    const match = matcher.match(path)
    if (!match.ok) return false
    ids.add(match.id)
    pairs.add(`${match.id} ${partition}`)
  }
  return ids.size === pairs.size && ids.size === new Set(files.map(({ partition }) => partition)).size
}

describe('suggested partitionings', () => {
  test.each<[string[], ReturnType<typeof best>]>([
    [
      ['/design/2026/11/22/14/a.gz', '/api/2026/11/21/09/b.gz'],
      ['/%{node_type}/%Y/%M/%D/.*', 'node_type,date:DAY', 2],
    ],
    [['/design/2026/11/22/14/a.gz'], ['/%{node_type}/%Y/%M/%D/.*', 'node_type,date:DAY', 1]],
    [
      ['/paris/2026/11/22/a', '/lyon/2026/11/22/a', '/readme.txt'],
      ['/%{dimension}/%Y/%M/%D/.*', 'dimension,date:DAY', 2],
    ],
    [
      ['/prod+1/2026/11/22/a', '/prod+1/2026/11/21/a'],
      ['/prod\\+1/%Y/%M/%D/.*', 'date:DAY', 2],
    ],
    [['/2026/11/22/14/a.gz'], ['/%Y/%M/%D/.*', 'date:DAY', 1]],
    [['/2026/11/a.gz'], ['/%Y/%M/.*', 'date:MONTH', 1]],
    [['/year=2026/month=11/day=22/a'], ['/year=%Y/month=%M/day=%D/.*', 'date:DAY', 1]],
    [['/region=eu/dt=2026-11-22/a'], ['/region=%{region}/dt=%Y-%M-%D/.*', 'region,date:DAY', 1]],
    [['/date=eu/dt=2026-11-22/a'], ['/date=%{date}/dt=%Y-%M-%D/.*', 'date,date_2:DAY', 1]],
    [['/2026-11-22/a'], ['/%Y-%M-%D/.*', 'date:DAY', 1]],
    [['/dt=2026-11-22-14/a'], ['/dt=%Y-%M-%D.*', 'date:DAY', 1]],
    [
      ['/2026/a.gz', '/2026/13/01/x', '/a', ''],
      ['/%Y/.*', 'date:YEAR', 2],
    ],
    [['/a', ''], null],
  ])('%j', (paths, expected) => {
    expect(best(paths)).toEqual(expected)
  })

  it.each<[string, string[], ReturnType<typeof best>, string | undefined]>([
    [
      'in file names, day first',
      ['/app-03-11-2026.log', '/app-22-11-2026.log', '/app-12-10-2026.log'],
      ['/app-%D-%M-%Y.*', 'date:DAY', 3],
      'The day stands first: 22-11-2026 has no month 22.',
    ],
    [
      'in folders, day first',
      ['/eu/31.12.2026/a.gz', '/us/01.12.2026/b.gz', '/eu/01.12.2026/b.gz'],
      ['/%{dimension}/%D\\.%M\\.%Y/.*', 'dimension,date:DAY', 3],
      'The day stands first: 31.12.2026 has no month 31.',
    ],
    [
      'in a folder with a key',
      ['/dt=22_11_2026/a.gz'],
      ['/dt=%D_%M_%Y/.*', 'date:DAY', 1],
      'The day stands first: 22_11_2026 has no month 22.',
    ],
    [
      'month first',
      ['/app-11-03-2026.log', '/app-11-22-2026.log'],
      ['/app-%M-%D-%Y.*', 'date:DAY', 2],
      'The month stands first: 11-22-2026 has no month 22.',
    ],
    [
      'as three folders, day first',
      ['/03/11/2026/a', '/22/11/2026/b', '/12/10/2026/c'],
      ['/%D/%M/%Y/.*', 'date:DAY', 3],
      'The day stands first: 22/11/2026 has no month 22.',
    ],
    [
      'as three folders with keys',
      ['/day=03/month=11/year=2026/a'],
      ['/day=%D/month=%M/year=%Y/.*', 'date:DAY', 1],
      undefined,
    ],
    [
      'as three folders that are none where another date begins with the year',
      ['/19/02/2026/11/22/a', '/07/02/2026/12/01/b'],
      ['/%{dimension}/02/%Y/%M/%D/.*', 'dimension,date:DAY', 2],
      undefined,
    ],
    ['of which nothing tells the day', ['/app-03-11-2026.log', '/app-04-11-2026.log'], null, undefined],
    ['that tell both', ['/app-22-11-2026.log', '/app-11-22-2026.log'], null, undefined],
    [
      'beside one with the year first',
      ['/2026/11/22/report-22-11-2026.csv'],
      ['/%Y/%M/%D/.*', 'date:DAY', 1],
      undefined,
    ],
  ])('know dates with the year at their end %s', (_, paths, expected, told) => {
    expect(best(paths)).toEqual(expected)
    expect(suggestPartitioning(paths)[0]?.told).toBe(told)
  })

  it('offer months and years of dates with the year at their end', () => {
    const found = suggestPartitioning(['/app-03-11-2026.log', '/app-22-11-2026.log'])
    expect(found.map(({ filePathPattern, matched }) => [filePathPattern, matched])).toEqual([
      ['/app-%D-%M-%Y.*', 2],
      ['/app-[0-9][0-9]-%M-%Y.*', 2],
      ['/app-[0-9][0-9]-[0-9][0-9]-%Y.*', 2],
    ])
  })

  it('take the name that the caller gives', () => {
    expect(best(['/eu/2026/11/22/a'], 'region')).toEqual(['/%{region}/%Y/%M/%D/.*', 'region,date:DAY', 1])
  })

  test.each<[string, string[], NonNullable<ReturnType<typeof best>>]>([
    ['digits', ['/20261122/a', '/20261123/b'], ['/%Y%M%D/.*', 'date:DAY', 2]],
    ['digits by hour', ['/2026112214/a'], ['/%Y%M%D.*', 'date:DAY', 1]],
    ['a key and digits', ['/dt=20261122/hr=14/a'], ['/dt=%Y%M%D/.*', 'date:DAY', 1]],
    ['a day and hours', ['/2026-11-22/14/a'], ['/%Y-%M-%D/.*', 'date:DAY', 1]],
    ['file names', ['/app-2026-11-22.log.gz'], ['/app-%Y-%M-%D.*', 'date:DAY', 1]],
    [
      'file names of several kinds',
      ['app', 'web', 'app', 'web'].map((app, at) => `/x/${app}-2026-11-2${at}.log.gz`),
      ['/x/%{dimension}-%Y-%M-%D.*', 'dimension,date:DAY', 4],
    ],
    [
      'CloudTrail in one folder',
      ['us-east-1', 'eu-west-1'].map((region) => `/12_CloudTrail_${region}_20230710T1145Z_q.json.gz`),
      ['/12_CloudTrail_%{region}_%Y%M%D.*', 'region,date:DAY', 2],
    ],
    [
      'CloudTrail',
      ['us-east-1', 'us-west-2'].map(
        (region) =>
          `/AWSLogs/1/CloudTrail/${region}/2023/07/10/1_CloudTrail_${region}_20230710T1145Z_q.json.gz`,
      ),
      ['/AWSLogs/1/CloudTrail/%{region}/%Y/%M/%D/.*', 'region,date:DAY', 2],
    ],
    [
      'load balancers',
      ['/1_elasticloadbalancing_us-east-2_app.my-lb.ab_20230710T1145Z_1.2.3.4_xy.log.gz'],
      ['/1_elasticloadbalancing_us-east-2_app\\.my-lb\\.ab_%Y%M%D.*', 'date:DAY', 1],
    ],
    [
      'keys below the date',
      ['/dt=2026-11-22/region=eu/a', '/dt=2026-11-22/region=us/a'],
      ['/dt=%Y-%M-%D/region=%{region}/.*', 'date:DAY,region', 2],
    ],
    [
      'keys below hours',
      ['/2026/11/22/14/region=eu/a'],
      ['/%Y/%M/%D/[^/]+/region=%{region}/.*', 'date:DAY,region', 1],
    ],
    ['keys alone', ['/country=fr/a', '/country=de/a'], ['/country=%{country}/.*', 'country', 2]],
    [
      'a key of which nothing can stand in a name',
      ['/日付=a/x', '/日付=b/x'],
      ['/日付=%{dimension}/.*', 'dimension', 2],
    ],
    ['a key of which a part can', ['/région=a/x', '/région=b/x'], ['/région=%{r_gion}/.*', 'r_gion', 2]],
    [
      'few names that recur',
      ['a', 'b', 'a', 'b', 'a', 'b'].map((name, at) => `/${name}/${at}.csv`),
      ['/%{dimension}/.*', 'dimension', 6],
    ],
    ['months in file names', ['/sales_2026-11.csv'], ['/sales_%Y-%M.*', 'date:MONTH', 1]],
  ])('find %s', (_, paths, expected) => {
    expect(best(paths)).toEqual(expected)
  })

  it.each([
    ['an order number', '/order-20269922.csv'],
    ['a longer number', '/x-202611221.csv'],
    ['a version', '/v1.2.3/a.jar'],
    ['a day that does not exist', '/a-2026-02-30.csv'],
  ])('take %s for no day', (_, path) => {
    expect(best([path])?.[1] ?? '').not.toContain('DAY')
  })

  const orders = (first: number, count: number, write = (order: number) => `/order-${order}.csv`) =>
    Array.from({ length: count }, (_, at) => write(first + at))

  it.each([
    ['order numbers that run past a month', orders(20261001, 40)],
    ['order numbers below a month', orders(20260000, 60)],
    ['order numbers of ten digits', orders(2026103745, 30)],
    ['order numbers of fourteen digits', orders(20261022115950, 30)],
    ['order numbers of six digits in folders', orders(202601, 60, (order) => `/orders/${order}/a.csv`)],
    ['order numbers in folders', orders(20261020, 30, (order) => `/orders/${order}/a.csv`)],
  ])('propose no date for %s', (_, paths) => {
    expect(
      suggestPartitioning(paths).filter(({ filePathPattern }) => /%[YMDH]/.test(filePathPattern)),
    ).toEqual([])
  })

  it('find the date beside an order number', () => {
    const paths = orders(20261020, 30, (order) =>
      `/${order}_2026-11-${(order % 28) + 1}.csv`.replace(/-(\d)\./, '-0$1.'),
    )
    expect(best(paths)?.slice(1)).toEqual(['date:DAY', 30])
  })

  it('believe no dates that were to come when their files were written', () => {
    const paths = orders(20261101, 28)
    const written = (day: number) => suggestPartitioning(paths, { changedAt: () => Date.UTC(2026, 9, day) })
    expect(written(5)).toEqual([])
    expect(suggestPartitioning(paths, { changedAt: () => Date.UTC(2026, 10, 28) })[0]?.matched).toBe(28)
    expect(suggestPartitioning(paths)[0]?.matched).toBe(28)
  })

  it('believe no years that were to come when their files were written', () => {
    const paths = ['/2041/a', '/2042/a', '/2043/a', '/2044/a']
    expect(suggestPartitioning(paths, { changedAt: () => Date.UTC(2026, 9, 5) })).toEqual([])
    expect(suggestPartitioning(paths)[0]?.filePathPattern).toBe('/%Y/.*')
  })

  it('take numbers below a folder of a year for no months where a tenth of them are none', () => {
    const stores = (numbers: string[]) => numbers.map((store) => `/2026/shop/${store}/a`)
    const patterns = (paths: string[]) =>
      suggestPartitioning(paths).map(({ filePathPattern }) => filePathPattern)
    expect(patterns(stores(['01', '07', '12']))).toEqual(['/%Y/shop/%M/.*', '/%Y/shop/.*'])
    expect(patterns(stores(['01', '07', '44']))).toEqual(['/%Y/.*'])
  })

  it('rank mixed layouts by what they match', () => {
    const paths = [
      ...Array.from({ length: 7 }, (_, at) => `/dt=2026-11-0${at + 1}/a`),
      '/2026/11/22/a',
      '/2026/11/23/a',
      '/readme.txt',
    ]
    const layouts = suggestPartitioning(paths).filter(({ dimensions }) =>
      dimensions.some((one) => one.type === 'time' && one.params.period === 'DAY'),
    )
    expect(layouts.map(({ filePathPattern, matched, total }) => [filePathPattern, matched, total])).toEqual([
      ['/dt=%Y-%M-%D/.*', 7, 10],
      ['/%Y/%M/%D/.*', 2, 10],
    ])
  })

  it('rank other layouts by what they add, and leave out those that add nothing', () => {
    const days = Array.from({ length: 20 }, (_, at) => `/raw/eu/2026/11/${at + 10}/a`)
    const others = [
      '/raw/us/2026/11/10/a',
      '/raw/eu/2026/13/01/a',
      '/raw/eu/2026/02/30/a',
      '/old/dt=2026-11-01/a',
    ]
    const found = suggestPartitioning([...days, ...others, '/old/dt=2026-11-02/a', '/old/dt=2026-11-03/a'])
    const layouts = new Map(found.toReversed().map((one) => [one.layout, one.filePathPattern]))
    expect([...layouts.values()].toReversed()).toEqual([
      '/raw/%{dimension}/%Y/%M/%D/.*',
      '/old/dt=%Y-%M-%D/.*',
      '/raw/eu/%Y/.*',
    ])
  })

  it('offer hours with the days of the same layout, some of which have none', () => {
    const found = suggestPartitioning(['/2026/11/21/a', '/2026/11/22/b', '/2026/11/22/07/c'])
    expect(found.map(({ filePathPattern, layout }) => [filePathPattern, layout])).toEqual([
      ['/%Y/%M/%D/.*', 0],
      ['/%Y/%M/.*', 0],
      ['/%Y/.*', 0],
      ['/%Y/%M/%D/%H/.*', 0],
    ])
  })

  it('stay by day for one day that does not exist', () => {
    const days = Array.from({ length: 28 }, (_, at) => `/2026/02/${String(at + 1).padStart(2, '0')}/a`)
    expect(best([...days, '/2026/02/30/a'])).toEqual(['/%Y/%M/%D/.*', 'date:DAY', 28])
  })

  it('find the layout that paths were made by', () => {
    const missed = new Map<string, number>()
    let tried = 0
    fc.assert(
      fc.property(laidOutPaths, ({ kind, files }) => {
        tried++
        if (!isFound(files)) missed.set(kind, (missed.get(kind) ?? 0) + 1)
      }),
      propertyRuns(500, 20_000),
    )
    const wrong = [...missed.values()].reduce((sum, count) => sum + count, 0)
    expect(wrong / tried, JSON.stringify([...missed])).toBeLessThanOrEqual(0.02)
  })

  it('never throw, whatever the paths', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '2026',
        '11',
        '22',
        'a=b',
        '=',
        'dt=2026-11-22',
        '20261122',
        'x-2026-11-22-1',
        '%Y',
        '',
        'date=1',
      ),
    )
    const path = fc.oneof(
      fc.array(name, { maxLength: 8 }).map((names) => `/${names.join('/')}`),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(path, { maxLength: 12 }), (paths) => {
        for (const { filePathPattern, dimensions } of suggestPartitioning(paths))
          expect(readPathPattern(filePathPattern, dimensions).issues).toEqual([])
      }),
      propertyRuns(500, 50_000),
    )
  })

  it('offer the other periods after the day', () => {
    const periods = suggestPartitioning(['/2026/11/22/14/a.gz']).map(({ filePathPattern }) => filePathPattern)
    expect(periods).toEqual(['/%Y/%M/%D/.*', '/%Y/%M/%D/%H/.*', '/%Y/%M/.*', '/%Y/.*'])
  })

  it('match as many of the paths as they say', () => {
    const date = fc.constantFrom(
      '2026/11/22',
      '2026/11',
      'year=2026/month=11',
      'dt=2026-11-22',
      '2026-11-22/14',
      '2026/11/22/14',
      '2026/02/30',
    )
    const paths = fc.array(fc.tuple(fc.array(folderValue, { maxLength: 3 }), date, folderValue), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(paths, (parts) => {
        const all = parts.map(([folders, day, file]) => `/${[...folders, day, file].join('/')}`)
        for (const { filePathPattern, dimensions, matched, total } of suggestPartitioning(all)) {
          const matcher = compileMatcher(patternOf(filePathPattern, dimensions))
          expect(all.filter((path) => matcher.match(path).ok)).toHaveLength(matched)
          expect(matched).toBeGreaterThan(0)
          expect(total).toBe(all.length)
        }
      }),
      propertyRuns(200, 20_000),
    )
  })
})
