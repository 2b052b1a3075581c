import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { compileMatcher } from './matcher'
import { folderValue, patternOf } from './partitioning.arbitraries'
import { suggestPartitioning } from './suggest'

function best(paths: string[], valueName?: string) {
  const [first] = suggestPartitioning(paths, valueName === undefined ? {} : { valueName })
  if (first === undefined) return null
  const dimensions = first.dimensions.map((dimension) =>
    dimension.type === 'time' ? `${dimension.name}:${dimension.params.period}` : dimension.name,
  )
  return [first.filePathPattern, dimensions.join(), first.matched]
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
      ['/%{dim_1}/%Y/%M/%D/.*', 'dim_1,date:DAY', 2],
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
    [['/2026/a.gz', '/2026/13/01/x', '/a', ''], null],
  ])('%j', (paths, expected) => {
    expect(best(paths)).toEqual(expected)
  })

  it('take the name that the caller gives', () => {
    expect(best(['/eu/2026/11/22/a'], 'region')).toEqual(['/%{region}/%Y/%M/%D/.*', 'region,date:DAY', 1])
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
