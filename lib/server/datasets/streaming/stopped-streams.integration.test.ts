import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../access/caller'
import { database } from '../../platform/db/client'
import { hasProcessEnded, nameThisProcess } from '../../platform/db/process-name'
import { inTransaction } from '../../platform/db/transaction'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  messagesOf,
  PROJECT,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { finishStreaming } from './read-sessions'
import { stopStreams } from './stop-streams'
import { streamRecords } from './stream-records'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context
const ref = { projectKey: PROJECT, name: 'long' }

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  await scene.put('long/a.log', 'line\n'.repeat(400_000))
  await addDataset(mira, 'long', definitionOver('/long/'))
})
afterAll(() => drop())

const open = (sessionId: string | null) =>
  streamRecords(mira, ref, { partitions: [], format: 'tsv-excel-noheader', sessionId })

/** Why a session says that its stream broke. */
const reasonOf = async (id: string) => (await failureOf(finishStreaming(mira, ref, id))).details.reason

test('a server that is stopped breaks its streams, and waits until that is kept', async () => {
  const [read, still, nameless] = [await open('read'), await open('still'), await open(null)]
  for (const stream of [read, still, nameless]) await stream.next()
  let isOver = false
  const stopped = stopStreams().then(() => {
    isOver = true
  })
  // With a session the stream ends in order; without one whoever reads it is not to take a part for the whole.
  for await (const _ of read);
  await expect(
    (async () => {
      for await (const _ of nameless);
    })(),
  ).rejects.toMatchObject({ details: { reason: 'server-stopped' } })
  await sleep(0)
  expect(isOver).toBe(false)
  // Its reader takes nothing, so it ends with its connection.
  await still.return()
  await stopped
  expect([await reasonOf('read'), await reasonOf('still')]).toEqual(['server-stopped', 'server-stopped'])
  const events = await messagesOf(scene.spaceId, 'dataset-read-data-end', `${PROJECT}.long`)
  expect(events.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed'])
  await stopStreams()
})

test('a stream is lost as soon as the process is gone that gave it out', async () => {
  const stream = await open('gone')
  await stream.next()
  await stream.return()
  const other = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await other.connect()
  await other.query(`SELECT pg_advisory_lock(hashtextextended('another process', 4))`)
  // As that process left it, which was heard of just now.
  await database().readSession.updateMany({
    where: { id: 'gone' },
    data: { state: 'running', process: 'another process', aliveAt: new Date(Date.now() + 3_600_000) },
  })
  expect(await reasonOf('gone')).toBe('stream-running')
  await other.end()
  expect(await reasonOf('gone')).toBe('stream-lost')
}, 60_000)

test('a process whose connection broke takes another name', async () => {
  const hasEnded = (name: string) => inTransaction((tx) => hasProcessEnded(tx, name))
  const first = (await nameThisProcess()) ?? ''
  expect([await hasEnded(first), await hasEnded('nobody')]).toEqual([false, true])
  await database().$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND datname = current_database()`
  await expect.poll(nameThisProcess).not.toBe(first)
  const second = (await nameThisProcess()) ?? ''
  await expect.poll(() => hasEnded(first)).toBe(true)
  expect(await hasEnded(second)).toBe(false)
})
