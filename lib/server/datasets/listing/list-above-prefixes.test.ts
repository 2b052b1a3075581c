import { describe, expect, test } from 'vitest'
import { toLedgerWire } from '#lib/domain/partitioning/ledger-wire'
import type { ConnectionRow } from '../../connections/load-connection'
import { definitionOver } from '../../testing/dataset-scene'
import { gather } from '../../testing/loopback-store'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import { estimateObjects } from './estimate-objects'
import { explainEmpty } from './explain-empty'
import { explainNoFile } from './explain-no-file'
import { countPartitions, createCounter, folderFilterOf, readPattern } from './list-partitions'
import { findWantedFiles } from './wanted-files'

const NOW = new Date('2026-11-23T20:00:00Z')
const LOGS = ['20', '21', '22'].map((day) => `2026/11/${day}/x.log`)
const OPEN = { root: 's1/', allowedPrefixes: ['/a/logs/', '/z/'] }
const CONNECTION = { managedBy: null } as ConnectionRow

const openBucket = async (folders: readonly string[], pageKeys = 1_000) => {
  const keys = folders.flatMap((folder) => LOGS.map((name) => `s1/${folder}${name}`))
  return (await openMadeUpBucket(keys, { pageKeys, target: OPEN })).store
}

const byDay = (path: string, begin: string) =>
  definitionOver(path, {
    partitioning: {
      dimensions: [{ name: 'date', type: 'time', params: { period: 'DAY' } }],
      filePathPattern: `${begin}%Y/%M/%D/.*`,
    },
  })

describe.each([
  ['/', '/a/logs/'],
  ['/', '/.*/'],
  ['/a/', '/logs/'],
  ['/a/logs/', '/'],
])('at %s by %s, with prefixes of a connection', (path, begin) => {
  const definition = byDay(path, begin)

  test.each(['matching', 'everything'] as const)('partitions are listed: %s', async (scope) => {
    for (const pageKeys of [1_000, 2]) {
      const store = await openBucket(['a/logs/', 'a/logs-old/', 'secret/'], pageKeys)
      const counter = createCounter(readPattern(definition))
      await gather(countPartitions(store, definition, counter, { scope }))
      const ledger = toLedgerWire(counter.ledger)
      expect(ledger.partitions.map(({ id }) => id).sort()).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
      expect(ledger).toMatchObject({ listed: 3, matched: 3 })
    }
  })

  test('what that takes is told, and files are found to be read', async () => {
    const store = await openBucket(['a/logs/', 'a/logs-old/', 'secret/'])
    expect(await estimateObjects(store, definition, folderFilterOf(definition))).toMatchObject({ objects: 3 })
    const files = await gather(findWantedFiles({ store, definition, now: NOW.getTime() }, []))
    expect(files.map(({ partition }) => partition)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
  })
})

test('objects of several prefixes are counted one prefix after the other', async () => {
  const store = await openBucket(['a/logs/', 'secret/', 'z/'])
  expect(await estimateObjects(store, definitionOver('/'))).toMatchObject({ objects: 6, certainty: 'exact' })
})

test('where nothing is, that is said of what the connection opens', async () => {
  const store = await openBucket(['a/logs-old/', 'secret/'])
  for (const path of ['/', '/a/']) {
    const nothing = `There is nothing yet of what the connection opens below ${path}.`
    expect(await explainEmpty(store, CONNECTION, path, NOW)).toBe(nothing)
    expect(await explainNoFile(store, CONNECTION, definitionOver(path))).toBe(nothing)
  }
  const managed = { managedBy: 'dku-audit-log' } as ConnectionRow
  for (const path of ['/', '/a/', '/a/logs/'])
    expect(await explainNoFile(store, managed, definitionOver(path))).toMatch(/^Nothing delivered yet\./)
})
