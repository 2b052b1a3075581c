import { describe, expect, test } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { SampleRequest } from '#lib/domain/datasets/sample-wire'
import { definitionOver } from '../../testing/dataset-scene'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import { chooseSample } from './choose-sample'

const NOW = Date.parse('2026-11-23T20:00:00Z')
const DAYS = ['20', '21', '22']
/** The connection opens two folders, one of which holds logs; of the others nothing is to be seen. */
const OPEN = ['/a/logs/', '/z/']
const KEYS = ['a/logs/', 'a/logs-old/', 'secret/logs/'].flatMap((folder) =>
  DAYS.map((day) => `s1/${folder}2026/11/${day}/x.log`),
)
const LOGS = DAYS.map((day) => `/a/logs/2026/11/${day}/x.log`)

/** Where the dataset's path stands to what is open, and what its pattern begins with there. */
const PATHS = {
  'above the prefixes': { path: '/', begins: ['/a/logs/', '/%{top}/logs/', '/.*/'] },
  'right above one': { path: '/a/', begins: ['/logs/', '/%{top}/', '/.*/'] },
  'at one': { path: '/a/logs/', begins: ['/'] },
  'below one': { path: '/a/logs/2026/', begins: [] },
}

const METHODS: Pick<SampleRequest, 'mode'>[] = [{}, { mode: 'first' }, { mode: 'last' }, { mode: 'random' }]

function byDay(path: string, begin: string, ignoreNonMatchingFile: boolean): DatasetDefinition {
  const date = { name: 'date', type: 'time' as const, params: { period: 'DAY' as const } }
  const top = { name: 'top', type: 'value' as const }
  const dimensions = begin.includes('%{top}') ? [top, date] : [date]
  const filePathPattern = `${begin}%Y/%M/%D/.*`
  return definitionOver(path, { partitioning: { dimensions, filePathPattern, ignoreNonMatchingFile } })
}

/** The paths on the connection of the files that are chosen, in the order of paths. */
async function chosen(definition: DatasetDefinition, asked: Pick<SampleRequest, 'mode' | 'partitions'>) {
  const { store } = await openMadeUpBucket(KEYS, { target: { root: 's1/', allowedPrefixes: OPEN } })
  const { groups, cut } = await chooseSample(store, definition, asked, { now: NOW })
  const { path } = definition.params
  return { paths: groups.flatMap((files) => files.map((file) => path.slice(0, -1) + file.path)).sort(), cut }
}

describe.each(Object.entries(PATHS))('a dataset whose path lies %s', (_, { path, begins }) => {
  test.each(METHODS)('without partitions is sampled by %o', async (method) => {
    expect(await chosen(definitionOver(path), method)).toEqual({ paths: LOGS, cut: 'none' })
  })

  describe.each(begins)('by day with %s', (begin) => {
    test.each(METHODS)('is sampled by %o', async (method) => {
      for (const leavesOut of [true, false])
        expect(await chosen(byDay(path, begin, leavesOut), method)).toEqual({ paths: LOGS, cut: 'none' })
    })

    test.each(METHODS)('is sampled by %o of partitions that are asked for', async (method) => {
      const of = (text: string) => {
        const partitions = begin.includes('%{top}') ? `*|${text}` : text
        return chosen(byDay(path, begin, true), { ...method, partitions })
      }
      expect(await of('*')).toEqual({ paths: LOGS, cut: 'none' })
      expect(await of('2026-11-21')).toEqual({ paths: LOGS.slice(1, 2), cut: 'none' })
      expect(await of('LATEST(2)')).toEqual({ paths: LOGS.slice(1), cut: 'none' })
    })
  })
})

test('dates in names right above the prefixes are of files that nobody may see', async () => {
  const date = { name: 'date', type: 'time' as const, params: { period: 'DAY' as const } }
  const named = definitionOver('/', {
    partitioning: { dimensions: [date], filePathPattern: '/%Y-%M-%D.log' },
  })
  for (const method of METHODS) expect((await chosen(named, method)).paths).toEqual([])
})
