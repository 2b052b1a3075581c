import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../testing/database'
import { config } from './config'
import { database } from './db/client'
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

/** Keeps the queue from opening, as a database does that is busy with other things. */
const keepShut = (ms: number) =>
  database().$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE pgboss.version IN ACCESS EXCLUSIVE MODE`
    await sleep(ms)
  })

test('the first jobs of a process are sent, though opening the queue takes longer than their transactions may', async () => {
  const shut = keepShut(1_200)
  await sleep(100)
  const send = (id: string) => inTransaction((tx) => sendJob(tx, id), 500)
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
