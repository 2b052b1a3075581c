import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFolderPath } from '#lib/domain/connections/paths'
import { isBalanced, toLedgerWire } from '#lib/domain/partitioning/ledger-wire'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { BY_NODE_AND_DAY, definitionOver } from '../../testing/dataset-scene'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import { findPreviewFile } from '../detection/find-preview-file'
import { meetFiles } from '../detection/meet-files'
import { chooseSample } from '../sampling/choose-sample'
import { estimateObjects } from './estimate-objects'
import { countPartitions, createCounter, folderFilterOf, readPattern } from './list-partitions'
import { findWantedFiles } from './wanted-files'

/** Parts of keys that have hurt someone: nothing, dots, separators, escapes, controls, ends of what UTF-16 and UTF-8 order alike. */
const PARTS = [
  ...['', '.', '..', ' ', '%', '%Y', '%41', '%2F', '+', 'a b', '&<>"\'', '\\', '|', 'NP', 'ALL', '_$folder$'],
  ...['\n', '\t', '\u0000', '\u007f', '\u0085', '\u2028', '\ufeff', '\ufffe', '\uffff', '\ue000', '\ud7ff'],
  ...['é', 'e\u0301', '日本', '😀', '\u{10ffff}', '\u{10ffff}a', 'x'.repeat(300), '__proto__', 'constructor'],
  ...[
    'api',
    'design',
    '2026',
    '11',
    '22',
    '30',
    '02',
    '2026-11-22',
    'year=2026',
    'old',
    'old~1',
    'a.log;v=1',
  ],
]
const PATTERNS = [
  '/%{node_type}/%Y/%M/%D/.*',
  '/.*/%{node_type}/%Y/%M/%D/.*',
  '/api/%{node_type}/%Y-%M-%D/.*',
  '/%{node_type}/%Y-%M-%D.*',
  '/%{node_type}/.*%Y%M%D.*',
]

const nodes = fc.constantFrom('api', 'design', '😀', '%Y', '\u{10ffff}', '.', 'a\nb', '')
const dated = fc
  .tuple(nodes, fc.constantFrom('20', '21', '22', '31'))
  .chain(([node, day]) =>
    fc.constantFrom(`${node}/2026/11/${day}/`, `api/${node}/2026-11-${day}/`, `${node}/2026-11-${day}`),
  )
const odd = fc
  .array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('/'))
const inDated = fc.tuple(dated, odd).map(([folder, name]) => folder + name)
const bucket = fc.record({
  keys: fc
    .array(fc.oneof(odd, inDated, dated), { maxLength: 30 })
    .map((texts) => [...new Set(texts)].map((text) => `logs/${text}`)),
  text: fc.constantFrom(...PATTERNS),
  pageKeys: fc.integer({ min: 1, max: 12 }),
})

/** A dataset over such keys, and the partition of each path in which it can be read. */
async function open({ keys, text, pageKeys }: { keys: string[]; text: string; pageKeys: number }) {
  const partitioning = { ...BY_NODE_AND_DAY, filePathPattern: text }
  const definition = definitionOver('/logs/', { partitioning })
  const pattern = readPattern(definition)
  if (pattern === null) throw new Error('there is a pattern')
  const matcher = compileMatcher(pattern)
  const paths = keys.filter((key) => key !== 'logs/').map((key) => key.slice('logs'.length))
  const partitionOf = new Map<string, string>()
  for (const path of paths) {
    const match = matcher.match(path)
    if (match.ok) partitionOf.set(path, match.id)
  }
  const { store } = await openMadeUpBucket(keys, { pageKeys })
  return { store, definition, pattern, paths, partitionOf }
}

const NOW = Date.UTC(2026, 10, 23)

describe('keys of any kind', () => {
  test('are each counted once and partitioned alike, whatever the pages and the scope', async () => {
    await fc.assert(
      fc.asyncProperty(bucket, async (made) => {
        const { store, definition, pattern, paths, partitionOf } = await open(made)
        const list = async (scope: 'matching' | 'everything') => {
          const counter = createCounter(pattern)
          const ledgers = countPartitions(store, definition, counter, { scope })
          for await (const ledger of ledgers) expect(isBalanced(toLedgerWire(ledger))).toBe(true)
          return toLedgerWire(counter.ledger)
        }
        const everything = await list('everything')
        const matching = await list('matching')
        expect(everything.listed).toBe(paths.length)
        const expected = Map.groupBy(partitionOf, ([, id]) => id)
        expect(everything.partitions.map(({ id, files }) => [id, files]).sort()).toEqual(
          [...expected].map(([id, files]) => [id, files.length]).sort(),
        )
        expect(matching.partitions).toEqual(everything.partitions)
        expect(matching.listed).toBeLessThanOrEqual(everything.listed)
        if (matching.passed.count === 0 && !matching.passed.more)
          expect(matching.listed).toBe(everything.listed)
      }),
      propertyRuns(50, 2_000),
    )
  })

  test('are found by a range of partitions, all of them and no other', async () => {
    await fc.assert(
      fc.asyncProperty(bucket, async (made) => {
        const { store, definition, partitionOf } = await open(made)
        const expected = [...partitionOf].filter(([, id]) => /2026-11-2[01]$/.test(id)).map(([path]) => path)
        const range = '*|2026-11-20/2026-11-21'
        const found: string[] = []
        for await (const { path } of findWantedFiles({ store, definition, now: NOW }, [range]))
          found.push(path)
        expect(found.sort()).toEqual(expected.sort())
        const { groups } = await chooseSample(store, definition, { partitions: range }, { now: NOW })
        expect(groups.flatMap((files) => files.map(({ path }) => path)).sort()).toEqual(expected)
      }),
      propertyRuns(50, 2_000),
    )
  })

  test('stop no look at them: a cost, a sample, a preview, a detection', async () => {
    await fc.assert(
      fc.asyncProperty(bucket, async (made) => {
        const { store, definition, partitionOf } = await open(made)
        const cost = await estimateObjects(store, definition, folderFilterOf(definition))
        expect(cost.probes).toBeLessThanOrEqual(40)
        for (const asked of [{}, { mode: 'first' }, { mode: 'last' }, { mode: 'random' }] as const) {
          const { groups } = await chooseSample(store, definition, asked, { now: NOW })
          for (const { path, partition } of groups.flat()) expect(partitionOf.get(path)).toBe(partition)
        }
        const shown = await findPreviewFile(store, definition)
        const met = await meetFiles(store, definition, 30)
        const chosen = [...(shown ? [shown.path, ...shown.others] : []), ...met.map(({ path }) => path)]
        for (const path of chosen) expect(parseFolderPath(path).ok, path).toBe(true)
      }),
      propertyRuns(50, 2_000),
    )
  })
})

test('thousands of folders that a pattern begins with are all read', async () => {
  const keys = Array.from({ length: 3_500 }, (_, n) => `logs/user${n}/2026/11/2${n % 3}/a.log`)
  const text = '/%{node_type}/%Y/%M/%D/.*'
  const { store, definition } = await open({ keys, text, pageKeys: 1_000 })
  let found = 0
  const files = findWantedFiles({ store, definition, now: NOW }, ['*|2026-11-20'])
  for await (const _ of files) found++
  expect(found).toBe(Math.ceil(3_500 / 3))
})
