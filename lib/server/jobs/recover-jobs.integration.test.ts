import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { moveClock } from '../platform/clock'
import { database } from '../platform/db/client'
import { closeQueue } from '../platform/queue'
import { type ConnectionScene, makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { enqueue, handlerOf, NEVER, rowOf, run, untilAborted, untilRunning } from '../testing/job-scene'
import { forgetJobs, JOBS_KEPT_DAYS } from './forget-jobs'
import { recoverJobs } from './recover-jobs'

let drop: () => Promise<void>
let scene: ConnectionScene
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
})
afterAll(async () => {
  await closeQueue()
  await drop()
})
beforeEach(async () => {
  moveClock(0)
  await database().job.deleteMany({})
})

const waitingMessages = (jobId: string) =>
  database().$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE state = 'created' AND data->>'jobId' = ${jobId}`

/** A worker that died: the row says "running" and nobody tells that it lives. */
async function loseWorker(jobId: string, attempts: number): Promise<void> {
  await database().job.updateMany({
    where: { id: jobId },
    data: { state: 'running', attempts, heartbeatAt: new Date(Date.now() - 31_000) },
  })
}

test('what a lost worker ran is repeated up to three times, then failed', async () => {
  const { jobId } = await enqueue(scene.mira)
  const find = handlerOf(async () => null)
  for (const attempts of [1, 2]) {
    await loseWorker(jobId, attempts)
    await recoverJobs(NEVER, find)
    expect((await rowOf(jobId)).state).toBe('queued')
  }
  await loseWorker(jobId, 3)
  await recoverJobs(NEVER, find)
  expect(await rowOf(jobId)).toMatchObject({ state: 'failed', error: { reason: 'worker_lost' } })
})

test('what may not be repeated fails as worker_lost, and what was to be canceled is', async () => {
  const { jobId } = await enqueue(scene.mira)
  await loseWorker(jobId, 1)
  await recoverJobs(
    NEVER,
    handlerOf(async () => null, 'fail'),
  )
  expect(await rowOf(jobId)).toMatchObject({ state: 'failed', error: { reason: 'worker_lost' } })
  const canceled = await enqueue(scene.mira)
  await loseWorker(canceled.jobId, 1)
  await database().job.updateMany({ where: { id: canceled.jobId }, data: { cancelRequested: true } })
  await recoverJobs(
    NEVER,
    handlerOf(async () => null),
  )
  expect((await rowOf(canceled.jobId)).state).toBe('canceled')
})

test('a worker that is told to stop leaves its job to the next, and begins none', async () => {
  const { jobId } = await enqueue(scene.mira)
  await database().$executeRaw`DELETE FROM pgboss.job`
  const shutdown = new AbortController()
  const ran = run(jobId, handlerOf(untilAborted), shutdown.signal)
  await untilRunning(jobId)
  shutdown.abort()
  await ran
  expect(await rowOf(jobId)).toMatchObject({ state: 'queued', heartbeatAt: null })
  expect(await waitingMessages(jobId)).toHaveLength(1)
  await run(
    jobId,
    handlerOf(async () => 'done'),
    shutdown.signal,
  )
  expect((await rowOf(jobId)).state).toBe('queued')
  await run(
    jobId,
    handlerOf(async () => 'done'),
  )
  expect(await rowOf(jobId)).toMatchObject({ state: 'succeeded', attempts: 2 })
})

test('what may not be repeated fails as worker_lost when its worker is told to stop', async () => {
  const { jobId } = await enqueue(scene.mira)
  const shutdown = new AbortController()
  const ran = run(jobId, handlerOf(untilAborted, 'fail'), shutdown.signal)
  await untilRunning(jobId)
  shutdown.abort()
  await ran
  expect(await rowOf(jobId)).toMatchObject({ state: 'failed', error: { reason: 'worker_lost' } })
})

test('a lost message is sent again, once however often it is looked for', async () => {
  const { jobId } = await enqueue(scene.mira)
  expect(await waitingMessages(jobId)).toHaveLength(1)
  await database().$executeRaw`DELETE FROM pgboss.job`
  await recoverJobs()
  expect(await waitingMessages(jobId)).toHaveLength(0)
  moveClock(31_000)
  await Promise.all([recoverJobs(), recoverJobs()])
  await recoverJobs()
  expect(await waitingMessages(jobId)).toHaveLength(1)
})

test('jobs that ended long ago are removed with what they found; those under way and recent ones stay', async () => {
  const enqueued = await Promise.all(['old', 'recent', 'running'].map(() => enqueue(scene.mira)))
  const [old = '', recent = '', running = ''] = enqueued.map(({ jobId }) => jobId)
  const ended = (daysAgo: number) => ({
    state: 'succeeded',
    finishedAt: new Date(Date.now() - daysAgo * 86_400_000),
  })
  const { spaceId } = await rowOf(old)
  // More than one statement takes.
  await database().$executeRaw`
    INSERT INTO job_item ("spaceId", "jobId", "seq", "data")
    SELECT ${spaceId}, ${old}, seq, '{}' FROM generate_series(1, 45_000) AS seq`
  await database().job.update({ where: { id: old }, data: ended(JOBS_KEPT_DAYS + 1) })
  await database().job.update({ where: { id: recent }, data: ended(JOBS_KEPT_DAYS - 1) })
  await database().job.update({
    where: { id: running },
    data: { state: 'running', createdAt: new Date(Date.now() - 90 * 86_400_000) },
  })
  await forgetJobs(NEVER)
  const left = await database().job.findMany({ select: { id: true } })
  expect(left.map(({ id }) => id).sort()).toEqual([recent, running].sort())
  expect(await database().jobItem.count({ where: { jobId: old } })).toBe(0)
})
