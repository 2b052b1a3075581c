import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Failure } from '#lib/domain/errors'
import type { AuthorizedTx } from '../access/authorize'
import { enqueueJob } from '../access/enqueue-job'
import { getJob, readJobItems } from '../datasets/jobs/job-queries'
import { moveClock, now } from '../platform/clock'
import { database } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { closeQueue, receiveJobs } from '../platform/queue'
import { cancelJob } from '../progress/commands'
import { type ConnectionScene, makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { enqueue, handlerOf, NEVER, rowOf, run, untilAborted, untilRunning } from '../testing/job-scene'
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

test('a job runs once, whoever is woken for it', async () => {
  const { jobId } = await enqueue(scene.mira)
  let runs = 0
  const find = handlerOf(async ({ report }) => {
    runs++
    report({ done: 3, total: 3, message: '3 objects' })
    await sleep(50)
    return 'counted'
  })
  await Promise.all([run(jobId, find), run(jobId, find), run(jobId, find)])
  await run(jobId, find)
  expect(runs).toBe(1)
  expect(await getJob(scene.mira, jobId)).toMatchObject({
    state: 'succeeded',
    result: 'counted',
    done: 3,
    message: '3 objects',
    canCancel: false,
  })
})

test('a job acts as whoever started it, and only they and administrators see it', async () => {
  const { jobId } = await enqueue(scene.mira)
  let caller: unknown
  await run(
    jobId,
    handlerOf(async ({ ctx }) => {
      caller = ctx.caller
      return null
    }),
  )
  expect(caller).toEqual(scene.mira.caller)
  expect((await getJob(scene.admin, jobId)).state).toBe('succeeded')
  expect((await failureOf(getJob(scene.auditor, jobId))).kind).toBe('not_found')
  expect((await failureOf(cancelJob(scene.auditor, jobId))).kind).toBe('not_found')
  expect((await failureOf(getJob(scene.stranger, jobId))).kind).toBe('not_found')
})

test.each([
  [
    'a failure is told as it is',
    new Failure('conflict', 'Taken.', { reason: 'taken' }),
    { code: 'conflict', message: 'Taken.', reason: 'taken' },
  ],
  [
    'a defect is told in general',
    new Error('secret'),
    {
      code: 'internal',
      message: 'The job ended because of a fault of Launchpad itself.',
      remedy: 'Retry it.',
    },
  ],
])('%s', async (_, thrown, error) => {
  const { jobId } = await enqueue(scene.mira)
  await run(
    jobId,
    handlerOf(() => Promise.reject(thrown)),
  )
  const row = await rowOf(jobId)
  expect(row.state).toBe('failed')
  expect(row.error).toEqual(error)
})

test('a job that waits is canceled at once, one that runs within a second', async () => {
  const waiting = await enqueue(scene.mira)
  await cancelJob(scene.mira, waiting.jobId)
  expect((await rowOf(waiting.jobId)).state).toBe('canceled')
  let runs = 0
  await run(
    waiting.jobId,
    handlerOf(async () => String(runs++)),
  )
  expect(runs).toBe(0)

  const running: string[] = []
  const took: number[] = []
  for (let times = 0; times < 3; times++) {
    const { jobId } = await enqueue(scene.mira)
    const ran = run(jobId, handlerOf(untilAborted))
    await untilRunning(jobId)
    const since = performance.now()
    await cancelJob(scene.mira, jobId)
    await ran
    took.push(performance.now() - since)
    expect((await rowOf(jobId)).state).toBe('canceled')
    running.push(jobId)
  }
  // What else a machine does makes some slower, and none quicker.
  expect(Math.min(...took)).toBeLessThan(1_000)
  const events = await database().auditEvent.findMany({
    where: { msgType: 'job-cancel', outcome: 'success' },
  })
  expect(events.map(({ objectId }) => objectId)).toEqual([waiting.jobId, ...running])
  await cancelJob(scene.mira, waiting.jobId)
  await cancelJob(scene.mira, running[0] ?? '')
  expect(await database().auditEvent.count({ where: { msgType: 'job-cancel', outcome: 'success' } })).toBe(4)
})

test('a job that is heard of is left alone', async () => {
  const { jobId } = await enqueue(scene.mira)
  const ran = run(jobId, handlerOf(untilAborted))
  await untilRunning(jobId)
  moveClock(60_000)
  const since = now()
  const heardAt = async () => (await rowOf(jobId)).heartbeatAt ?? new Date(0)
  await expect.poll(async () => (await heardAt()) >= since, { timeout: 30_000 }).toBe(true)
  await recoverJobs(
    NEVER,
    handlerOf(async () => null),
  )
  expect((await rowOf(jobId)).state).toBe('running')
  await cancelJob(scene.mira, jobId)
  await ran
})

test('a worker that was only paused writes nothing any more, and results go on from where they were', async () => {
  const { jobId } = await enqueue(scene.mira)
  const paused = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  let late: unknown
  const first = run(
    jobId,
    handlerOf(async ({ ctx, append }) => {
      await append([1, 2])
      begun.resolve()
      await paused.promise
      late = await append([3]).catch((error: unknown) => error)
      ctx.signal.throwIfAborted()
      return 'first'
    }),
  )
  await begun.promise
  // Another worker took it over meanwhile.
  await database().job.updateMany({ where: { id: jobId }, data: { state: 'queued', heartbeatAt: null } })
  const second = run(
    jobId,
    handlerOf(async ({ append }) => {
      await append([4])
      paused.resolve()
      await first
      await append([5, 6])
      return 'second'
    }),
  )
  await second
  expect(late).toMatchObject({ details: { reason: 'taken-over' } })
  expect(await rowOf(jobId)).toMatchObject({ state: 'succeeded', result: 'second', attempts: 2 })
  expect(await readJobItems(scene.mira, jobId, 0)).toEqual({
    items: [1, 2, 4, 5, 6],
    next: 5,
    finished: true,
  })
  expect((await readJobItems(scene.mira, jobId, 3)).items).toEqual([5, 6])
})

test('many results come in pages, in order', async () => {
  const { jobId } = await enqueue(scene.mira)
  const all = Array.from({ length: 25_000 }, (_, index) => ({ id: `2026-11-${index}`, name: 'é\'"\\' }))
  await run(
    jobId,
    handlerOf(async ({ append }) => {
      await append(all)
      await append([])
      return null
    }),
  )
  const read: unknown[] = []
  for (let next = 0, finished = false; !finished; ) {
    const page = await readJobItems(scene.mira, jobId, next)
    read.push(...page.items)
    ;({ next, finished } = page)
  }
  expect(read).toEqual(all)
})

test('a job whose row is gone ends', async () => {
  const { jobId } = await enqueue(scene.mira)
  const ran = run(jobId, handlerOf(untilAborted))
  await untilRunning(jobId)
  await database().job.deleteMany({ where: { id: jobId } })
  await ran
})

test('a queue wakes a worker for a job that commits, and for none that does not', async () => {
  // Messages of earlier tests would be handed out first, one a second.
  await database().$executeRaw`DELETE FROM pgboss.job`
  const woken: string[] = []
  const stop = await receiveJobs(2, async (jobId) => void woken.push(jobId))
  const undone = inTransaction(async (tx) => {
    await enqueueJob(tx as AuthorizedTx, scene.mira, { kind: 'count', payload: {} })
    throw new Failure('conflict', 'undone')
  })
  await expect(undone).rejects.toThrow('undone')
  const { jobId } = await enqueue(scene.mira)
  await expect.poll(() => woken, { timeout: 30_000 }).toContain(jobId)
  await stop()
  expect(woken.filter((id) => id === jobId)).toHaveLength(1)
  expect(await database().job.count()).toBe(1)
})

test('of jobs with one exclusive key at most one is under way', async () => {
  const asked = await Promise.all(
    Array.from({ length: 8 }, () => enqueue(scene.mira, { exclusiveKey: 'extension/a' })),
  )
  expect(new Set(asked.map(({ jobId }) => jobId)).size).toBe(1)
  expect(asked.filter(({ fresh }) => fresh)).toHaveLength(1)
  expect((await enqueue(scene.mira, { exclusiveKey: 'extension/b' })).fresh).toBe(true)
  await run(
    asked[0]?.jobId ?? '',
    handlerOf(async () => null),
  )
  expect((await enqueue(scene.mira, { exclusiveKey: 'extension/a' })).fresh).toBe(true)
})
