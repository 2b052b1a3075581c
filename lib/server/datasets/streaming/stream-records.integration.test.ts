import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../access/caller'
import { createPersonalKey } from '../../identity/keys'
import { moveClock } from '../../platform/clock'
import { permit, selected } from '../../testing/connection-scene'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
  messagesOf,
  PROJECT,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { contextOf } from '../../testing/identity'
import { finishStreaming } from './read-sessions'
import { type RecordsRequest, streamRecords } from './stream-records'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context

const logs = { projectKey: PROJECT, name: 'logs' }
const long = { projectKey: PROJECT, name: 'long' }
const broken = { projectKey: PROJECT, name: 'broken' }

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  for (const day of ['20', '21', '22'])
    for (const node of ['api', 'design'])
      await scene.put(`logs/${node}/2026/11/${day}/a.log.gz`, gzipSync(`${node} ${day}\n"tab\t" ${day}\n`))
  await scene.put('broken/a.log', 'first\n'.repeat(60_000))
  await scene.put('broken/b.log.gz', gzipSync(randomBytes(40_000).toString('hex')).subarray(0, 20_000))
  await scene.put('long/a.log', 'a line of a long file\n'.repeat(400_000))
  await addDataset(mira, long.name, definitionOver('/long/'))
  await addDataset(mira, logs.name, { ...definitionOver('/logs/'), partitioning: BY_NODE_AND_DAY })
  await addDataset(mira, broken.name, definitionOver('/broken/'))
})
afterAll(() => drop())

const ask = (request: Partial<RecordsRequest> = {}): RecordsRequest => ({
  partitions: [],
  format: 'tsv-excel-noheader',
  sessionId: null,
  ...request,
})

async function read(ref: typeof logs, request: Partial<RecordsRequest> = {}, as = mira): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await streamRecords(as, ref, ask(request))) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('a dataset without columns is refused, since its records would be empty', async () => {
  const bare = { projectKey: PROJECT, name: 'bare' }
  await addDataset(
    mira,
    bare.name,
    definitionOver('/logs/', { schema: { columns: [], userModified: false } }),
  )
  expect(await failureOf(read(bare))).toMatchObject({
    kind: 'validation_failed',
    details: { reason: 'no-columns', where: 'schema.columns' },
  })
})

describe('the records of a dataset as a stream', () => {
  test('come in the order of the paths, quoted as Excel does', async () => {
    const text = await read(logs)
    expect(text.split('\n').length - 1).toBe(12)
    expect(text.startsWith('api 20\n"""tab\t"" 20"\napi 21\n')).toBe(true)
    const [event] = (await messagesOf(scene.spaceId, 'dataset-read-data', `${PROJECT}.logs`)).slice(-1)
    expect(event).toMatchObject({ authUser: 'mira', format: 'tsv-excel-noheader' })
  })

  test('of partitions by id and by range specification', async () => {
    expect(await read(logs, { partitions: ['api|2026-11-21'], format: 'json' })).toBe(
      '{"line":"api 21"}\n{"line":"\\"tab\\t\\" 21"}\n',
    )
    const text = await read(logs, { partitions: ['api|2026-11-20', '*|2026-11-21/2026-11-22'] })
    expect(text.split('\n').filter((line) => line.startsWith('api') || line.startsWith('design'))).toEqual([
      'api 20',
      'api 21',
      'api 22',
      'design 21',
      'design 22',
    ])
    expect(await read(logs, { partitions: ['*|2020-01-01/2020-12-31'] })).toBe('')
    expect(await read(logs, { partitions: ['api|2026-11-21'], format: 'csv' })).toBe(
      'line\r\napi 21\r\n"""tab\t"" 21"\r\n',
    )
  })

  test('a partition without files and a text that is no specification are refused before the first byte', async () => {
    expect((await failureOf(read(logs, { partitions: ['api|2026-01-01'] }))).details).toMatchObject({
      reason: 'ERR_DATASET_PARTITION_EMPTY',
      where: 'api|2026-01-01',
    })
    expect((await failureOf(read(logs, { partitions: ['a|b|c|d'] }))).details.reason).toBe(
      'invalid-range-specification',
    )
  })

  test('a broken file breaks the stream, and a session tells what broke it', async () => {
    expect((await failureOf(read(broken))).details.reason).toBe('ERR_DATASET_TRUNCATED_COMPRESSED_DATA')
    const text = await read(broken, { sessionId: 's1' })
    expect(text.startsWith('first\nfirst\n')).toBe(true)
    expect(await failureOf(finishStreaming(mira, broken, 's1'))).toMatchObject({
      message: expect.stringContaining('cut short'),
      details: { reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA', where: '/broken/b.log.gz' },
    })
    await read(logs, { sessionId: 's2' })
    expect(await finishStreaming(mira, logs, 's2')).toMatchObject({
      records: 12,
      unreadFiles: 0,
      faults: 0,
      warnings: [],
    })
    expect((await failureOf(finishStreaming(mira, logs, 'none'))).details.reason).toBe('unknown-read-session')
    expect((await failureOf(read(logs, { sessionId: 's2' }))).details.reason).toBe('read-session-used')
  })

  test('keys of one person name their readings apart', async () => {
    const fields = { label: 'export', description: '', expiresAt: null }
    const keys = await Promise.all([0, 1].map(() => createPersonalKey(mira, fields)))
    const callers = keys.map(({ id }) => contextOf({ kind: 'key', spaceId: scene.spaceId, keyId: id }))
    for (const caller of callers) {
      await read(logs, { sessionId: 'same' }, caller)
      expect(await finishStreaming(caller, logs, 'same')).toMatchObject({ records: 12 })
    }
    expect((await failureOf(finishStreaming(mira, logs, 'same'))).details.reason).toBe('unknown-read-session')
  })

  test('what the settings let a stream go on without is told by its session and its event', async () => {
    await scene.put('warned/a.log', Buffer.from('fine\nodd \xff\nodd \xff\n', 'latin1'))
    await scene.put('warned/b.log.gz', gzipSync(randomBytes(40_000).toString('hex')).subarray(0, 20_000))
    for (let n = 0; n < 25; n++) await scene.put(`warned/c${n}.log`, 'PAR1\0\0')
    const warned = await addDataset(mira, 'warned', definitionOver('/warned/', { unreadableFiles: 'warn' }))
    await read(warned, { sessionId: 'w1' })
    const finished = await finishStreaming(mira, warned, 'w1')
    expect(finished).toMatchObject({ unreadFiles: 26, faults: 1 })
    expect(finished.warnings).toHaveLength(20)
    expect(finished.warnings.map(({ path, reason }) => [path, reason])).toEqual(
      expect.arrayContaining([
        ['/warned/a.log', 'undecodable-bytes'],
        ['/warned/b.log.gz', 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA'],
        ['/warned/c0.log', 'looks-like-binary'],
      ]),
    )
    const [event] = (await messagesOf(scene.spaceId, 'dataset-read-data-end', `${PROJECT}.warned`)).slice(-1)
    expect(event).toMatchObject({ state: 'done', unreadFiles: 26, faults: 1 })
  })

  test('a stream that is left is told as that', async () => {
    const chunks = await streamRecords(mira, broken, ask({ sessionId: 's3' }))
    await chunks.next()
    await chunks.return()
    expect((await failureOf(finishStreaming(mira, broken, 's3'))).details.reason).toBe('stream-left')
  })

  test('a stream that went with its process is told as that, one that is read slowly is not', async () => {
    const chunks = await streamRecords(mira, broken, ask({ sessionId: 's4' }))
    expect((await failureOf(finishStreaming(mira, broken, 's4'))).details.reason).toBe('stream-running')
    moveClock(40_000)
    try {
      expect((await failureOf(finishStreaming(mira, broken, 's4'))).details.reason).toBe('stream-lost')
    } finally {
      moveClock(0)
    }
    await chunks.return()
  }, 15_000)

  test('needs the right to read', async () => {
    expect((await failureOf(read(logs, {}, scene.stranger))).kind).toBe('not_found')
    expect((await failureOf(read(logs, {}, scene.auditor))).kind).not.toBe('internal')
  })

  test('ends within 5 s when the right is taken away', async () => {
    const chunks = await streamRecords(mira, long, ask())
    await chunks.next()
    await permit(scene.admin, LAKE, { ...selected(), readRequired: true })
    const since = Date.now()
    const slowly = (async () => {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        if ((await chunks.next()).done) return
        if (Date.now() - since > 8_000) return
      }
    })()
    expect((await failureOf(slowly)).kind).toMatch(/forbidden|not_found/)
    expect(Date.now() - since).toBeLessThan(5_000)
  }, 15_000)
})
