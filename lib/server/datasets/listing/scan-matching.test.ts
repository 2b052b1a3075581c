import { expect, test } from 'vitest'
import { isBalanced, toLedgerWire } from '#lib/domain/partitioning/ledger-wire'
import { BY_NODE_AND_DAY, definitionOver } from '../../testing/dataset-scene'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import { countPartitions, createCounter, readPattern } from './list-partitions'

const days = (node: string, files: number) =>
  ['20', '21', '22'].flatMap((day) => many(`${node}/2026/11/${day}/`, files))
const many = (folder: string, files: number) =>
  Array.from({ length: files }, (_, index) => `${folder}${String(index).padStart(5, '0')}`)

/** Lists the keys below `logs/` by a pattern. */
async function list(
  keys: readonly string[],
  {
    pattern = '/%{node_type}/%Y/%M/%D/.*',
    scope = 'matching' as 'matching' | 'everything',
    budget = 1e9,
  } = {},
) {
  const { store, asked } = await openMadeUpBucket(keys.map((key) => `logs/${key}`))
  const partitioning = { ...BY_NODE_AND_DAY, filePathPattern: pattern }
  const definition = definitionOver('/logs/', { partitioning })
  const counter = createCounter(readPattern(definition))
  let isCut = false
  const onCut = () => {
    isCut = true
  }
  const options = { scope, budget: { objects: budget, onCut } }
  for await (const _ of countPartitions(store, definition, counter, options)) void _
  const ledger = toLedgerWire(counter.ledger)
  expect(isBalanced(ledger)).toBe(true)
  return { ...ledger, isCut, prefixes: asked.map(({ prefix }) => prefix), asked }
}

/** 5,530 keys, 1,500 of them in two nodes of three days. A node may be named archive or tmp, but no year is named old. */
const LAKE = [
  ...days('api', 250),
  ...days('design', 250),
  ...many('archive/old/', 4_000),
  ...many('tmp/', 30),
]

test('folders in which nothing can match are told and not listed; with everything they are counted', async () => {
  const matching = await list([...LAKE, 'readme'])
  expect(matching).toMatchObject({ listed: 1_531, matched: 1_500, unmatched: 31 })
  expect(matching.passed).toEqual({ folders: ['/archive/old/'], count: 1, more: false })
  const everything = await list([...LAKE, 'readme'], { scope: 'everything' })
  expect(everything).toMatchObject({ listed: 5_531, matched: 1_500, unmatched: 4_031 })
  expect(everything.passed).toEqual({ folders: [], count: 0, more: false })
  expect(everything.partitions).toEqual(matching.partitions)
  expect(matching.prefixes.filter((prefix) => prefix.startsWith('logs/archive/old'))).toEqual([])
  expect(matching.asked.length).toBeLessThan(everything.asked.length)
})

test('where a page holds everything it is one request, and all of it is counted', async () => {
  for (const pattern of ['/%{node_type}/%Y/%M/%D/.*', '/api/%{node_type}/%Y/%M/%D/.*']) {
    const ledger = await list([...days('api', 5), ...many('archive/old/', 900)], { pattern })
    expect(ledger).toMatchObject({ listed: 915, passed: { count: 0 }, prefixes: ['logs/'] })
  }
})

test('folders that a pattern begins with are gone to, and those beside them told', async () => {
  const keys = [
    ...LAKE.map((key) => `lake/v1-${key}`),
    'lake/notes',
    ...many('lake/tmp/', 2_000),
    'readme',
    ...many('zoo/', 9),
  ]
  const ledger = await list(keys, { pattern: '/lake/v1-%{node_type}/%Y/%M/%D/.*' })
  expect(ledger).toMatchObject({ listed: 1_532, matched: 1_500, unmatched: 32 })
  expect(ledger.passed).toEqual({
    folders: ['/lake/tmp/', '/lake/v1-archive/old/', '/zoo/'],
    count: 3,
    more: false,
  })
  // The page of all, two folders on the way, and what is listed there.
  expect(ledger.prefixes.slice(0, 3)).toEqual(['logs/', 'logs/', 'logs/lake/'])
  expect(ledger.prefixes.slice(3).every((prefix) => prefix.startsWith('logs/lake/v1-'))).toBe(true)
})

test('more folders than a page beside the way are said to be more', async () => {
  const beside = Array.from({ length: 1_200 }, (_, index) => `n${index}/x`)
  const ledger = await list([...LAKE.map((key) => `a/${key}`), ...beside], {
    pattern: '/a/%{node_type}/%Y/%M/%D/.*',
  })
  expect(ledger).toMatchObject({ matched: 1_500, passed: { count: 1_000, more: true } })
  expect(ledger.passed.folders).toHaveLength(100)
})

test('a pattern that may match anywhere costs no request for each folder', async () => {
  const keys = Array.from({ length: 1_500 }, (_, index) => `x${index}/api/2026/11/2${index % 9}/a`)
  const ledger = await list(keys, { pattern: '/.*/%{node_type}/%Y/%M/%D/.*' })
  expect(ledger).toMatchObject({ listed: 1_500, matched: 1_500, passed: { count: 0 } })
  expect(ledger.asked.length).toBeLessThan(25)
})

test('a budget counts what is listed, on the way and below', async () => {
  for (const budget of [1, 31, 1_530, 1_531]) {
    const ledger = await list([...LAKE.map((key) => `a/${key}`), 'readme'], {
      pattern: '/a/%{node_type}/%Y/%M/%D/.*',
      budget,
    })
    expect(ledger).toMatchObject({ listed: budget, isCut: budget < 1_531 })
  }
})
