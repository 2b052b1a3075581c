import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import type { Dimension } from '../dimensions'
import { AUDIT_DIMENSIONS, patternOf, timeDimension } from '../partitioning.arbitraries'
import { formatPeriod, parsePeriod } from '../periods'
import { enumerateIds, holdsId, splitId } from '../range/bound-range'
import { parseRangeSpecification } from '../range/range-parser'
import { createFolderDates, createFolderFilter } from './folder-filter'
import { compileMatcher } from './matcher'
import { planPrefixes, type Wanted, wantedOf } from './prefix-plan'

const DEFAULT = '/%{node_type}/%Y/%M/%D/.*'
const NOW = Date.parse('2026-11-22T14:05:00Z')

function wanted(text: string, dimensions: readonly Dimension[] = AUDIT_DIMENSIONS): Wanted {
  const parsed = parseRangeSpecification(text, dimensions)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return wantedOf(parsed.value, dimensions, NOW)
}

describe('the prefixes to list', () => {
  test.each<[string, string, [string, number][]]>([
    [DEFAULT, 'ALL', [['/', 4]]],
    [DEFAULT, '*|2026-11-22', [['/', 4]]],
    [DEFAULT, 'design|*', [['/design/', 3]]],
    [DEFAULT, 'design|LATEST(3)', [['/design/', 3]]],
    [DEFAULT, 'design|2026-11-22', [['/design/2026/11/22/', 0]]],
    [
      DEFAULT,
      'design|-1d/now',
      [
        ['/design/2026/11/21/', 0],
        ['/design/2026/11/22/', 0],
      ],
    ],
    [DEFAULT, 'design|2026-01-01/2026-12-31', [['/design/2026/', 2]]],
    [
      DEFAULT,
      'api|2026-01-31/2026-03-01',
      [
        ['/api/2026/01/31/', 0],
        ['/api/2026/02/', 1],
        ['/api/2026/03/01/', 0],
      ],
    ],
    [
      DEFAULT,
      'api/design|2026-11-22',
      [
        ['/api/2026/11/22/', 0],
        ['/design/2026/11/22/', 0],
      ],
    ],
    [DEFAULT, 'a\\/b|2026-11-22', []],
    ['/logs/x-%{node_type}\\.d/%Y/%M/%D/.*', 'ALL', [['/logs/x-', 4]]],
    ['/%Y/%M/%D/%{node_type}/.*', 'design|2026-11-22', [['/2026/11/22/design/', 0]]],
    ['/%Y/%M/%D/%{node_type}/.*', '*|2026-11-01/2026-11-30', [['/2026/11/', 2]]],
    ['/%D-%M-%Y/%{node_type}/.*', 'design|2026-11-22', [['/', 2]]],
    ['/%{node_type}/dt=%Y-%M-%D/.*', 'design|2026-11-22', [['/design/dt=2026-11-22/', 0]]],
    ['(?:/a|/b)/%{node_type}/%Y/%M/%D/.*', 'design|2026-11-22', [['', 0]]],
    ['/ab*/%{node_type}/%Y/%M/%D/.*', 'design|2026-11-22', [['/a', 5]]],
  ])('%s for %s', (text, specification, expected) => {
    const plan = planPrefixes(patternOf(text, AUDIT_DIMENSIONS), wanted(specification))
    expect(plan.map(({ prefix, segmentsUntilFree }) => [prefix, segmentsUntilFree])).toEqual(expected)
  })

  it('stay few however much is asked for', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `v${index}`)
    expect(
      planPrefixes(patternOf(DEFAULT, AUDIT_DIMENSIONS), wanted(`${many.join('/')}|2026-11-22`)),
    ).toEqual([{ prefix: '/', segmentsUntilFree: 4 }])
    expect(
      planPrefixes(
        patternOf(DEFAULT, AUDIT_DIMENSIONS),
        wanted(many.map((value) => `${value}|2026-11-22`).join(',')),
      ),
    ).toEqual([{ prefix: '/', segmentsUntilFree: 4 }])
    expect(
      planPrefixes(
        patternOf('/%Y/%M/%D/%{node_type}/.*', AUDIT_DIMENSIONS),
        wanted('design|1900-01-01/2100-01-01'),
      ).length,
    ).toBeLessThanOrEqual(2500)
  })
})

describe('the folders to enter', () => {
  const filter = createFolderFilter(
    patternOf(DEFAULT, AUDIT_DIMENSIONS),
    wanted('design/api|2026-10-30/2026-11-02'),
  )
  test.each([
    ['/', true],
    ['/design/', true],
    ['/govern/', false],
    ['/design/2026/', true],
    ['/design/2025/', false],
    ['/design/notes/', false],
    ['/design/2026/09/', false],
    ['/design/2026/10/', true],
    ['/design/2026/10/29/', false],
    ['/api/2026/11/02/', true],
    ['/api/2026/11/31/', false],
    ['/api/2026/11/02/14/deeper/', true],
  ])('%s: %s', (folder, expected) => {
    expect(filter(folder)).toBe(expected)
  })
})

test('a pattern that ends with a name in a folder has no folders below', () => {
  const mayHold = createFolderFilter(patternOf('/%{node_type}/%Y-%M-%D\\.log', AUDIT_DIMENSIONS), 'all')
  expect(['/', '/api/', '/api/archive/', '/api/2026-11-22.log/'].map(mayHold)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('many items let in the folders of each, and few besides', () => {
  const pattern = patternOf(DEFAULT, AUDIT_DIMENSIONS)
  const ids = Array.from({ length: 300 }, (_, n) => `n${n}|${formatPeriod(20_000 + (n % 9), 'DAY')}`)
  const mayHold = createFolderFilter(pattern, wanted(ids.join(',')))
  for (const id of ids) expect(mayHold(`/${id.replace('|', '/').replaceAll('-', '/')}/`)).toBe(true)
  expect(['/other/', '/n1/2023/', '/n1/2024/11/'].filter(mayHold)).toEqual([])
})

test('days above their months and years are entered where the range has them', () => {
  const pattern = patternOf('/%{node_type}/%D/%M/%Y/.*', AUDIT_DIMENSIONS)
  const enters = (request: string) => createFolderFilter(pattern, wanted(request))
  const ofWeek = enters('*|2026-11-28/2026-12-04')
  expect(['/a/28/', '/a/04/', '/a/28/11/', '/a/04/12/2026/'].filter((one) => !ofWeek(one))).toEqual([])
  expect(['/a/05/', '/a/27/', '/a/28/12/', '/a/04/11/', '/a/04/12/2025/'].filter(ofWeek)).toEqual([])
  const ofYears = enters('*|2020-01-01/2026-12-04')
  expect(['/a/05/', '/a/28/12/', '/a/04/12/2025/'].filter((one) => !ofYears(one))).toEqual([])
  expect(['/a/04/12/2019/', '/a/05/12/2026/'].filter(ofYears)).toEqual([])
})

test('folders say which days what is in them can be of', () => {
  const datesOf = createFolderDates(patternOf(DEFAULT, AUDIT_DIMENSIONS))
  const days = (from: string, to: string) => ({ from: parsePeriod(from, 'DAY'), to: parsePeriod(to, 'DAY') })
  expect(datesOf('/')).toBe(null)
  expect(datesOf('/api/')).toBe(null)
  expect(datesOf('/api/2026/')).toEqual(days('2026-01-01', '2026-12-31'))
  expect(datesOf('/api/2026/02/')).toEqual(days('2026-02-01', '2026-02-28'))
  expect(datesOf('/api/2026/02/28/')).toEqual(days('2026-02-28', '2026-02-28'))
  expect(datesOf('/api/old/')).toBe(null)
})

describe('for any pattern and request', () => {
  const layouts = fc.constantFrom(
    DEFAULT,
    '/%{node_type}/%Y-%M-%D',
    '/%Y/%M/%D/%{node_type}/.*',
    '/x/%{node_type}/dt=%Y-%M-%D/.*',
    '/%{node_type}/%Y%M%D.*',
    '/%Y/%{node_type}/%D/%M/.*',
    '/%D/%M/%Y/%{node_type}/.*',
    '/%{node_type}/%M/%D/%Y/.*',
    '/%{node_type}/.*/%Y/%M/%D/.*',
    '/%Y-%M/%D-%{node_type}/.*',
  )
  const day = fc.integer({
    min: parsePeriod('2025-12-20', 'DAY') ?? 0,
    max: parsePeriod('2028-03-10', 'DAY') ?? 0,
  })
  const node = fc.constantFrom('api', 'design', 'a')
  const request = fc.record({
    nodes: fc.oneof(fc.constant(null), fc.uniqueArray(node, { minLength: 1 })),
    from: day,
    length: fc.oneof(fc.nat(5), fc.nat(800)),
  })
  const dimensions = [AUDIT_DIMENSIONS[0], timeDimension('DAY')].filter(
    (dimension) => dimension !== undefined,
  )

  it('no wanted path is left out, and no prefix is listed that nothing wanted can match', () => {
    fc.assert(
      fc.property(
        layouts,
        fc.array(request, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(node, day), { maxLength: 12 }),
        (text, requests, files) => {
          const pattern = patternOf(text, dimensions)
          const items = requests.map(({ nodes, from, length }) => [
            nodes === null
              ? ({ kind: 'any' } as const)
              : ({ kind: 'values', values: new Set(nodes) } as const),
            { kind: 'periods', from, to: from + length } as const,
          ])
          const plan = planPrefixes(pattern, items)
          const filter = createFolderFilter(pattern, items)
          const matcher = compileMatcher(pattern)
          for (const [value, ordinal] of files) {
            const path = fill(text, value, formatPeriod(ordinal, 'DAY'))
            const match = matcher.match(path)
            if (!match.ok || !items.some((item) => holdsId(item, splitId(match.id, dimensions)))) continue
            expect(plan.filter(({ prefix }) => path.startsWith(prefix))).toHaveLength(1)
            for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
              expect(filter(path.slice(0, at + 1))).toBe(true)
          }
          const possible = items.flatMap((item) => [
            ...enumerateIds(
              item.map((part) => (part.kind === 'any' ? { kind: 'values', values: new Set(['api']) } : part)),
              'DAY',
            ),
          ])
          const paths = possible.map((id) => fill(text, id.split('|')[0] ?? '', id.split('|')[1] ?? ''))
          for (const { prefix } of plan) expect(paths.some((path) => path.startsWith(prefix))).toBe(true)
        },
      ),
      propertyRuns(100, 2000),
    )
  })
})

function fill(text: string, value: string, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return text
    .replace('%{node_type}', value)
    .replace('%Y', year)
    .replace('%M', month)
    .replace('%D', date)
    .replaceAll('.*', 'z')
}
