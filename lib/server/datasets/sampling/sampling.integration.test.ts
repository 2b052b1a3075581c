import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newDefinition } from '#lib/domain/datasets/definition'
import { SAMPLE_TOOK_TOO_LONG, sample, sampleRequest } from '#lib/domain/datasets/sample-wire'
import type { Context } from '../../access/caller'
import { moveClock } from '../../platform/clock'
import { database } from '../../platform/db/client'
import { buildZip } from '../../testing/build-zip'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  messagesOf,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { listDatasetPartitions } from '../listing/list-partitions'
import { readListedIds } from '../listing/listings'
import { readSample } from './read-sample'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context
let ref: { projectKey: string; name: string }

const LINES = 3_000
const lines = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${name} ${n + 1}\n`).join('')

beforeAll(async () => {
  // The newest partitions are found from today on.
  moveClock(Date.parse('2026-11-22T23:00:00Z') - Date.now())
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  for (const day of ['20', '21', '22'])
    for (const node of ['design', 'api'])
      for (const part of ['a', 'b'])
        await scene.put(
          `logs/${node}/2026/11/${day}/${part}.log.gz`,
          gzipSync(lines(`${node} ${day} ${part}`, 20)),
        )
  // Changed last, long enough for many batches of records.
  await scene.put('logs/design/2026/11/21/late.log', lines('late', LINES))
  ref = await addDataset(mira, 'logs', definitionOver('/logs/', { partitioning: BY_NODE_AND_DAY }))
})
afterAll(async () => {
  moveClock(0)
  await drop()
})

const read = async (request: object) =>
  sample.parse(await readSample(mira, ref, sampleRequest.parse(request)))
const texts = ({ rows }: { rows: { cells: (string | null)[] }[] }) => rows.map(({ cells }) => cells[0])
const range = (name: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `${name} ${from + n}`)

test('first records are those of the first files by path, wherever the newest are', async () => {
  const taken = await read({ mode: 'first', records: 30 })
  expect(taken).toMatchObject({ mode: 'first-records', within: null, partitions: ['api|2026-11-20'] })
  expect(texts(taken)).toEqual([...range('api 20 a', 1, 20), ...range('api 20 b', 1, 10)])
})

test('last records are the last of the file changed last, then of the one before', async () => {
  const taken = await read({ mode: 'last', records: 25 })
  expect(taken).toMatchObject({
    mode: 'last-records',
    within: null,
    amongNewest: false,
    complete: false,
    endedBy: null,
  })
  expect(texts(taken)).toEqual(range('late', LINES - 24, LINES))
  expect(taken.rows.at(-1)).toMatchObject({ number: LINES })
  const more = await read({ mode: 'last', records: LINES + 15, partitions: 'design|2026-11-21' })
  expect(more).toMatchObject({
    within: 'design|2026-11-21',
    amongNewest: false,
    partitions: ['design|2026-11-21'],
  })
  expect(texts(more).slice(0, LINES)).toEqual(range('late', 1, LINES))
  expect(texts(more).slice(LINES)).toEqual(range('design 21 b', 6, 20))
})

test('files chosen at random are the same for the same seed, and others for another', async () => {
  const request = { mode: 'random', records: 40, seed: 7 }
  const taken = await read(request)
  expect(taken).toMatchObject({ mode: 'random-files', random: { seed: 7, filesTotal: 13 } })
  expect(taken.rows).toHaveLength(40)
  expect((await read(request)).rows).toEqual(taken.rows)
  const orders = new Set<string>()
  for (let seed = 0; seed < 8; seed++)
    orders.add(JSON.stringify((await read({ ...request, seed })).files.map(({ path }) => path)))
  expect(orders.size).toBe(8)
  expect((await read({ mode: 'random', records: 40 })).random?.seed).toBe(1)
})

test('files chosen at random stay within the partitions asked for', async () => {
  const taken = await read({
    mode: 'random',
    records: 1_000,
    seed: 3,
    partitions: 'api|2026-11-20/2026-11-21',
  })
  expect(taken.random).toEqual({ seed: 3, filesTotal: 4 })
  expect(taken.within).toBe('api|2026-11-20/2026-11-21')
  expect(taken.rows).toHaveLength(80)
})

test('it is told when every record is in a sample, of all files or of the partitions asked for', async () => {
  const total = LINES + 12 * 20
  const isComplete = async (request: object) => (await read({ records: 10_000, ...request })).complete
  expect((await read({ records: 10_000, mode: 'first' })).rows).toHaveLength(total)
  expect(await isComplete({ mode: 'first' })).toBe(true)
  expect(await isComplete({ mode: 'random' })).toBe(true)
  expect(await isComplete({ mode: 'last', partitions: 'api|2026-11-20' })).toBe(true)
  expect(await isComplete({ partitions: 'api|2026-11-20' })).toBe(true)
  // More may be there than was asked for.
  expect(await isComplete({ mode: 'first', records: total })).toBe(false)
  // There are no older partitions than the newest.
  expect(await isComplete({ mode: 'last' })).toBe(true)
  expect(await isComplete({})).toBe(true)
})

test('the newest partitions are not all, and are told as the newest, where there are older ones', async () => {
  for (let n = 1; n <= 9; n++) await scene.put(`old/2026/08/0${n}/a.log`, lines(`day ${n}`, 10))
  const partitioning = { dimensions: BY_NODE_AND_DAY.dimensions.slice(1), filePathPattern: '/%Y/%M/%D/.*' }
  const old = await addDataset(mira, 'old', definitionOver('/old/', { partitioning }))
  const ofOld = async (request: object) =>
    sample.parse(await readSample(mira, old, sampleRequest.parse(request)))
  const newest = [9, 8, 7, 6, 5, 4, 3].map((n) => `2026-08-0${n}`)
  expect(await ofOld({})).toMatchObject({ partitions: newest, complete: false, endedBy: null })
  expect(await ofOld({ mode: 'last' })).toMatchObject({ amongNewest: true, complete: false })
  expect(await ofOld({ partitions: 'LATEST(1)' })).toMatchObject({
    partitions: ['2026-08-09'],
    complete: true,
  })
})

test('dates in names: what a kept listing has tells which partitions are the newest', async () => {
  const partitioning = { dimensions: BY_NODE_AND_DAY.dimensions.slice(1), filePathPattern: '/app-%Y-%M-%D' }
  await scene.put('names/app-2026-08-01', lines('old', 3))
  const names = await addDataset(mira, 'names', definitionOver('/names/', { partitioning }))
  const rowOf = () =>
    database().dataset.findFirstOrThrow({ where: { spaceId: scene.spaceId, name: 'names' } })
  const listed = async () => readListedIds(await rowOf())
  expect(await listed()).toBe(null)
  await listDatasetPartitions(mira, names, () => {})
  expect(await listed()).toEqual(['2026-08-01'])
  await database().dataset.updateMany({
    where: { id: (await rowOf()).id },
    data: { version: { increment: 1 } },
  })
  expect(await listed()).toBe(null)
})

test('LATEST and * choose what they resolve to', async () => {
  expect(new Set((await read({ records: 100, partitions: '*|LATEST(1)' })).partitions)).toEqual(
    new Set(['api|2026-11-22', 'design|2026-11-22']),
  )
  expect((await read({ records: 100, partitions: '*|*' })).partitions).toHaveLength(6)
})

test('a file cut short has no last records that anyone knows', async () => {
  const whole = gzipSync(lines('whole', 20_000))
  await scene.put('cut/a.log', lines('fine', 3))
  await scene.put('cut/b.log.gz', whole.subarray(0, whole.length - 200))
  const definition = definitionOver('/cut/', { unreadableFiles: 'warn' })
  const cut = await addDataset(mira, 'cut', definition)
  const taken = await readSample(mira, cut, { records: 10, mode: 'last' })
  expect(texts(taken)).toEqual(range('fine', 1, 3))
  expect(taken.problems).toMatchObject([{ reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA' }])
  expect(taken.complete).toBe(false)
})

test('records of an archive tell in which of its files they stand, from either end', async () => {
  const zip = buildZip([
    { name: 'README.txt', data: Buffer.from('none of it\n') },
    { name: 'one.log', data: Buffer.from(lines('one', 3)) },
    { name: 'b/two.log', data: Buffer.from(lines('two', 2)) },
  ])
  await scene.put('archive/a.zip', zip)
  const archive = await addDataset(mira, 'archive', definitionOver('/archive/'))
  for (const mode of ['first', 'last'] as const) {
    const taken = sample.parse(await readSample(mira, archive, { records: 4, mode }))
    expect(taken.rows.map(({ file, cells }) => [taken.files[file]?.entry, cells[0]])).toEqual(
      [
        ['one.log', 'one 1'],
        ['one.log', 'one 2'],
        ['one.log', 'one 3'],
        ['b/two.log', 'two 1'],
        ['b/two.log', 'two 2'],
      ].slice(mode === 'first' ? 0 : 1, mode === 'first' ? 4 : 5),
    )
    expect(taken.problems).toMatchObject([
      { reason: 'zip-entries-left-out', message: expect.stringContaining('README.txt') },
    ])
  }
})

test('large records are cut, and end the sample before they take too much together', async () => {
  const count = 60
  const value = 'x'.repeat(1_000_000)
  const body = gzipSync(Array.from({ length: count }, (_, n) => `${n};${value}\n`).join(''))
  for (let n = 0; n < 12; n++) await scene.put(`large/${10 + n}.csv.gz`, body)
  const large = await addDataset(
    mira,
    'large',
    definitionOver('/large/', {
      formatType: 'csv',
      formatParams: { separator: ';', parseHeaderRow: false },
      schema: {
        userModified: true,
        columns: [
          { name: 'col_0', type: 'string' },
          { name: 'col_1', type: 'string' },
        ],
      },
    }),
  )
  const taken = sample.parse(await readSample(mira, large, { records: 10_000 }))
  expect(taken.endedBy).toBe('size')
  expect(taken.rows[0]).toMatchObject({ cells: ['0', value.slice(0, 65_536)], chars: 1_000_000 })
  const chars = taken.rows.reduce((sum, { cells }) => sum + cells.join('').length, 0)
  expect(chars).toBeLessThanOrEqual(32 * 1024 * 1024)
  expect(chars).toBeGreaterThan(31 * 1024 * 1024)
  expect(taken.rows.map(({ number }) => number)).toEqual(taken.rows.map((_, n) => (n % count) + 1))
  const last = await readSample(mira, large, { records: 10_000, mode: 'last' })
  expect(last).toMatchObject({ endedBy: 'size' })
  expect(last.rows.at(-1)).toMatchObject({ number: count })
}, 30_000)

test('an empty sample says why, also of a file that another charset would read', async () => {
  const emptyOf = async (
    name: string,
    formatParams: Record<string, unknown>,
    schema = newDefinition().schema,
  ) => {
    await scene.put(`${name}/a.csv`, 'id;name\n1;Ann\n2;Bo\n3;Cy\n')
    const definition = definitionOver(`/${name}/`, { formatType: 'csv', formatParams, schema })
    const wide = await addDataset(mira, name, definition)
    return (await readSample(mira, wide, sampleRequest.parse({ mode: 'first' }))).emptyBecause
  }
  const common = { separator: ';', parseHeaderRow: true }
  expect(await emptyOf('wide', { ...common, charset: 'utf-16le' })).toBe(
    'The files that were read hold no records. /a.csv: Read as utf-16le the file holds a header and no record, but it looks like utf8.',
  )
  const { schema } = newDefinition()
  const columns = ['3', 'Cy'].map((name) => ({ ...schema.columns[0], name, type: 'string' as const }))
  expect(await emptyOf('skipped', { ...common, skipRowsBeforeHeader: 3 }, { ...schema, columns })).toBe(
    'The files that were read hold no records. /a.csv holds a header and no record.',
  )
})

test('where the pattern is why nothing is read, it says what is there and where the pattern stops to fit', async () => {
  await scene.put('strays/2026-11-22.log', 'line\n')
  await scene.put('strays/notes.txt', 'line\n')
  const definition = definitionOver('/strays/', {
    partitioning: {
      dimensions: [{ name: 'day', type: 'time', params: { period: 'DAY' } }],
      filePathPattern: '/%Y/%M/%D/.*',
    },
  })
  const wide = await addDataset(mira, 'strays', definition)
  for (const mode of ['first', 'last', undefined] as const) {
    const { emptyBecause, isUnmatched } = await readSample(mira, wide, sampleRequest.parse({ mode }))
    expect(isUnmatched).toBe(true)
    expect(emptyBecause).toContain(
      'None of the 2 objects at /strays/ can be read: 2 do not match the pattern.',
    )
    expect(emptyBecause).toContain('For one, /2026-11-22.log ')
  }
})

test('a sample whose time is over says how far it came, and one that found no file in time what to do', async () => {
  const request = sampleRequest.parse({ partitions: '*|*' })
  const late = await readSample(mira, ref, request, { listMs: 0, readMs: 0, wholeMs: 60_000 })
  expect(late).toMatchObject({ rows: [], endedBy: 'deadline', filesRead: 0, filesFound: 13, complete: false })
  expect(late.emptyBecause).toBe('No record came in the time that a sample may take.')
  expect(await readSample(mira, ref, request)).toMatchObject({ endedBy: null, filesRead: 13, filesFound: 13 })
  expect(await failureOf(readSample(mira, ref, request, { listMs: 0, readMs: 0, wholeMs: 0 }))).toMatchObject(
    {
      kind: 'limit_exceeded',
      details: {
        reason: SAMPLE_TOOK_TOO_LONG,
        where: '/logs/',
        remedy: expect.stringContaining('fewer partitions'),
      },
    },
  )
})

test('how it was chosen stands in its event', async () => {
  await read({ mode: 'random', records: 5, seed: 11 })
  const event = (await messagesOf(scene.spaceId, 'dataset-read-data-sample', 'AUDIT.logs')).at(-1)
  expect(event).toMatchObject({ mode: 'random', seed: 11, records: 5 })
})
