import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../testing/database'
import { config } from './config'
import { database, type Tx } from './db/client'
import { inTransaction } from './db/transaction'
import { closeQueue, prepareQueue, sendJob } from './queue'

let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
  const boss = new PgBoss({ connectionString: config().databaseUrl, supervise: false, schedule: false })
  await prepareQueue(boss)
  await boss.stop({ graceful: false })
})
afterEach(closeQueue)
afterAll(() => drop())

const waiting = async () => {
  const rows = await database().$queryRaw<{ id: string }[]>`
    SELECT data->>'jobId' AS id FROM pgboss.job WHERE name = 'job-rows' ORDER BY 1`
  return rows.map(({ id }) => id)
}

/** Longer than the transactions of the test may take, which is long for a busy machine. */
const SHUT_MS = 3_500
const MOST_MS = 2_500

/** Keeps the queue from opening, as a database does that is busy with other things; gives what ends with it, once it is shut. */
async function keepShut(): Promise<{ shut: Promise<void> }> {
  const isShut = Promise.withResolvers<void>()
  const lock = async (tx: Tx) => {
    await tx.$executeRaw`LOCK TABLE pgboss.version IN ACCESS EXCLUSIVE MODE`
    isShut.resolve()
    await sleep(SHUT_MS)
  }
  const shut = database().$transaction(lock, { timeout: 30_000 })
  await Promise.race([isShut.promise, shut])
  return { shut }
}

test('the first jobs of a process are sent, though opening the queue takes longer than their transactions may', async () => {
  const { shut } = await keepShut()
  const send = (id: string) => inTransaction((tx) => sendJob(tx, id), MOST_MS)
  await Promise.all([send('first'), send('second')])
  await shut
  expect(await waiting()).toEqual(['first', 'second'])
})

test('a job whose transaction ends badly is not sent, though it opened the queue', async () => {
  const lost = inTransaction(async (tx) => {
    await sendJob(tx, 'lost')
    throw new Error('changed my mind')
  })
  await expect(lost).rejects.toThrow('changed my mind')
  expect(await waiting()).not.toContain('lost')
})
