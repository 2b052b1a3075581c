import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type DatasetDefinition, newDefinition } from '#lib/domain/datasets/definition'
import type { ObjectStore } from '../../platform/object-store/types'
import { issuePermit } from '../../platform/permit'
import type { SampleChoice } from './choose-sample'
import type { SampleFile } from './find-files'
import { SampleReading } from './sample-reading'

const SMALL_AT_ONCE = 32
const LARGE_AT_ONCE = 8

interface Read {
  mode?: SampleChoice['mode']
  groups: readonly (readonly SampleFile[])[]
  /** What never comes is waited for until the permit ends. */
  bodyOf: (path: string) => Buffer | Promise<never>
  wanted?: number
  signal?: AbortSignal
  definition?: Partial<DatasetDefinition>
  columns?: string[]
}

/** Reads files of a store that answers each after another while, and counts what is open at once. */
async function readMany(asked: Read) {
  const { groups, bodyOf, wanted = 10_000, mode = 'first-records', columns = ['line'] } = asked
  const counts = { open: 0, most: 0, opened: 0 }
  const signal = asked.signal ?? new AbortController().signal
  const permit = issuePermit({ actor: 'user:test', action: 'dataset.sample', signal })
  async function* once(path: string) {
    try {
      await sleep((counts.opened * 7) % 5)
      yield await bodyOf(path)
    } finally {
      counts.open--
    }
  }
  const store: Partial<ObjectStore> = {
    permit,
    getStream: async ({ path }) => {
      counts.opened++
      counts.open++
      counts.most = Math.max(counts.most, counts.open)
      return { bytes: once(path), close: () => undefined } as unknown as Awaited<
        ReturnType<ObjectStore['getStream']>
      >
    },
  }
  const definition = { ...newDefinition(), formatType: 'line', ...asked.definition } as DatasetDefinition
  definition.schema = { ...definition.schema, columns: columns.map((name) => ({ name, type: 'string' })) }
  const reading = new SampleReading(store as ObjectStore, permit, definition, Date.now() + 60_000)
  const choice = {
    mode,
    groups,
    within: null,
    amongNewest: false,
    random: null,
    isAll: true,
    cut: 'none' as const,
    isLate: false,
  }
  const read = reading.read(choice, wanted)
  return { counts, reading, read, rows: async () => (await read).rows.map(({ cells }) => cells[0]) }
}

const files = (count: number, sizeBytes: number, partition = ''): SampleFile[] =>
  Array.from({ length: count }, (_, n) => ({
    path: `/${partition}${String(n).padStart(5, '0')}`,
    partition,
    sizeBytes,
    modifiedAtMs: n,
  }))
const record = (path: string) => gzipSync(`${path}\n`)
const paths = (listed: readonly SampleFile[]) => listed.map(({ path }) => path)

test('many small files are read side by side, their records in the order of the files', async () => {
  const listed = files(300, 60)
  const { counts, rows } = await readMany({ groups: [listed], bodyOf: record })
  expect(await rows()).toEqual(paths(listed))
  expect(counts).toMatchObject({ most: SMALL_AT_ONCE, opened: 300 })
})

test('of large files eight are open at once', async () => {
  const { counts, rows } = await readMany({ groups: [files(50, 40_000)], bodyOf: record })
  expect(await rows()).toHaveLength(50)
  expect(counts.most).toBe(LARGE_AT_ONCE)
})

test('last records are read of few large files at once and of many small ones, in the same order', async () => {
  for (const [sizeBytes, most] of [
    [60, SMALL_AT_ONCE],
    [200_000, 2],
  ] as const) {
    const listed = files(100, sizeBytes)
    const { counts, rows } = await readMany({ mode: 'last-records', groups: [listed], bodyOf: record })
    expect(await rows()).toEqual(paths(listed))
    expect(counts.most).toBe(most)
  }
})

test('partitions share what may be open at once', async () => {
  const groups = Array.from({ length: 7 }, (_, n) => files(40, 60, `p${n}`))
  const { counts, rows } = await readMany({ mode: 'newest-partitions', groups, bodyOf: record })
  expect(await rows()).toEqual(groups.flatMap(paths))
  expect(counts.most).toBe(SMALL_AT_ONCE)
})

test('no more files are read than it takes, about', async () => {
  const listed = files(5_000, 60)
  const many = (path: string) => Buffer.from(`${path}\n`.repeat(100))
  const { counts, rows } = await readMany({ groups: [listed], bodyOf: many, wanted: 1_000 })
  const expected = paths(listed.slice(0, 10)).flatMap((path) => Array(100).fill(path))
  expect(await rows()).toEqual(expected)
  expect(counts.opened).toBeLessThanOrEqual(SMALL_AT_ONCE + 10)
})

test('few records are read of few small files, also of many partitions', async () => {
  const groups = Array.from({ length: 7 }, (_, n) => files(400, 60, `p${n}`))
  const asked = { mode: 'newest-partitions' as const, groups, bodyOf: record, wanted: 70 }
  const { counts, rows } = await readMany(asked)
  expect(await rows()).toEqual(groups.flatMap((group) => paths(group.slice(0, 10))))
  expect(counts.opened).toBe(70)
})

test('what a large file gives first tells how many more are begun', async () => {
  const listed = files(1_000, 1_000_000)
  const few = (path: string) => Buffer.from(`${path}\n`.repeat(20))
  const { counts, rows } = await readMany({ groups: [listed], bodyOf: few, wanted: 1_000 })
  expect(await rows()).toHaveLength(1_000)
  expect(counts.opened).toBe(50)
})

test('a file that cannot be read ends it, where the settings say so, and no further one is opened', async () => {
  const broken = (path: string) => (path === '/00040' ? Buffer.from([0x1f, 0x8b, 8, 0, 0]) : record(path))
  const { counts, read } = await readMany({
    groups: [files(3_000, 60)],
    bodyOf: broken,
    definition: { unreadableFiles: 'fail' },
  })
  await expect(read).rejects.toMatchObject({ details: { where: '/00040' } })
  await sleep(20)
  expect(counts.opened).toBeLessThanOrEqual(41 + 2 * SMALL_AT_ONCE)
})

test('who leaves ends it, and no further file is opened', async () => {
  const leaving = new AbortController()
  const bodyOf = (path: string) => {
    if (path === '/00100') leaving.abort()
    return record(path)
  }
  const { counts, read } = await readMany({
    groups: [files(3_000, 60)],
    bodyOf,
    signal: leaving.signal,
  })
  await expect(read).rejects.toThrow()
  await sleep(20)
  expect(counts.opened).toBeLessThanOrEqual(101 + 2 * SMALL_AT_ONCE)
})

test('a file that is read again, and further, is counted as far as it was read', async () => {
  const rows = Array.from({ length: 900 }, (_, n) => (n % 2 === 0 ? `${n};x\n` : `${n}\n`)).join('')
  const bodyOf = (path: string) => Buffer.from(path.includes('few') ? '0;x\n' : rows)
  const { read } = await readMany({
    mode: 'newest-partitions',
    groups: [files(1, 1e6, 'few'), files(1, 1e6, 'many')],
    bodyOf,
    wanted: 1_000,
    definition: { formatType: 'csv', formatParams: { separator: ';', parseHeaderRow: false } },
    columns: ['col_0', 'col_1'],
  })
  expect((await read).rows).toHaveLength(901)
  expect((await read).problems[0]).toMatchObject({ path: '/many00000', count: 450 })
})

test('what was read when the time was over is the sample, and how many files that were is told', async () => {
  const listed = files(300, 60)
  const hangsFrom = listed[40]?.path ?? ''
  const bodyOf = (path: string) => (path < hangsFrom ? record(path) : new Promise<never>(() => {}))
  for (const mode of ['first-records', 'newest-partitions', 'random-files'] as const) {
    const groups = mode === 'first-records' ? [listed] : listed.map((file) => [file])
    const { reading, rows } = await readMany({ mode, groups, bodyOf, signal: AbortSignal.timeout(1_500) })
    expect(await rows()).toEqual(paths(listed.slice(0, 40)))
    expect([reading.ranOut, reading.filesRead]).toEqual([true, 40])
  }
})

test('a right that ends, or a caller who leaves, ends the sample without one', async () => {
  const leaving = new AbortController()
  const bodyOf = () => new Promise<never>(() => {})
  const { read } = await readMany({ groups: [files(3, 60)], bodyOf, signal: leaving.signal })
  setTimeout(() => leaving.abort(), 50)
  await expect(read).rejects.toMatchObject({ details: { reason: 'stopped' } })
})
