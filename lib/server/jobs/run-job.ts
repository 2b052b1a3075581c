import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { JobError } from '#lib/domain/progress/wire'
import { type Context, storedCaller } from '../access/caller'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { Prisma } from '../platform/db/generated/client'
import { logger } from '../platform/logger'
import type { RunningJob } from './job-handler'
import { handlerFor } from './registry'

/** How often a running job tells that it lives, writes its progress and looks whether it should stop. */
const BEAT_MS = 250
const CANCELED = new Failure('conflict', 'Canceled.', { reason: 'canceled' })

/** Runs one job row to its end. Never throws: what goes wrong stands in the row. */
export async function runJob(jobId: string, shutdown: AbortSignal): Promise<void> {
  const claimed = await claim(jobId)
  if (!claimed) return
  const handler = handlerFor(claimed.kind)
  const beat = startBeat(claimed, shutdown)
  try {
    if (!handler) throw new Failure('internal', `There is no handler for jobs of kind ${claimed.kind}.`)
    const result = await handler.run(beat.job, handler.payload.parse(claimed.payload))
    await beat.stop()
    await finish(jobId, { state: 'succeeded', result: result ?? Prisma.JsonNull, finishedAt: now() })
  } catch (error) {
    await beat.stop()
    await finish(
      jobId,
      ending(error, beat.job.ctx.signal, shutdown.aborted && handler?.whenWorkerIsLost === 'retry'),
    )
    if (!(error instanceof Failure)) logger.error({ err: error, jobId, kind: claimed.kind }, 'a job failed')
  }
}

type JobRow = NonNullable<Awaited<ReturnType<typeof claim>>>

async function claim(jobId: string) {
  const at = now()
  const [row] = await database().job.updateManyAndReturn({
    where: { id: jobId, state: 'queued' },
    data: { state: 'running', startedAt: at, heartbeatAt: at, attempts: { increment: 1 } },
  })
  return row
}

function finish(jobId: string, data: Prisma.JobUpdateManyMutationInput) {
  return database().job.updateMany({ where: { id: jobId, state: 'running' }, data })
}

function ending(error: unknown, signal: AbortSignal, again: boolean): Prisma.JobUpdateManyMutationInput {
  const finishedAt = now()
  if (signal.aborted && signal.reason === CANCELED)
    return { state: 'canceled', message: 'Canceled', finishedAt }
  // A worker that is told to stop leaves the job to the next one.
  if (again) return { state: 'queued', heartbeatAt: null }
  return { state: 'failed', error: toJobError(error) as Prisma.InputJsonObject, finishedAt }
}

export function toJobError(error: unknown): JobError {
  if (!(error instanceof Failure)) {
    return {
      code: 'internal',
      message: 'The job ended because of a fault of Launchpad itself.',
      remedy: 'Retry it.',
    }
  }
  const { reason, where, remedy, ask } = error.details
  return {
    code: error.kind,
    message: error.message,
    ...(reason === undefined ? {} : { reason }),
    ...(where === undefined ? {} : { where }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(ask === undefined ? {} : { ask }),
  }
}

function startBeat(row: JobRow, shutdown: AbortSignal) {
  const cancel = new AbortController()
  let pending: Prisma.JobUpdateManyMutationInput = {}
  let lastSeq = 0
  const ctx: Context = {
    caller: storedCaller.parse(row.actor),
    requestId: row.requestId,
    originAddress: 'internal',
    via: 'job',
    call: `job ${row.kind}`,
    startedAt: now(),
    signal: AbortSignal.any([cancel.signal, shutdown]),
  }
  const beat = async () => {
    const data = { ...pending, heartbeatAt: now() }
    pending = {}
    const [fresh] = await database().job.updateManyAndReturn({
      where: { id: row.id, state: 'running' },
      data,
      select: { cancelRequested: true },
    })
    if (!fresh || fresh.cancelRequested) cancel.abort(CANCELED)
  }
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(beat)
      .catch((err) => logger.warn({ err, jobId: row.id }, 'a job could not tell its progress'))
  }, BEAT_MS)
  const job: RunningJob = {
    id: row.id,
    ctx,
    report: ({ done, total, message }) => {
      if (done !== undefined) pending.done = done
      if (total !== undefined) pending.total = total
      if (message !== undefined) pending.message = message
    },
    append: async (items) => {
      const data = items.map((item) => ({ spaceId: row.spaceId, jobId: row.id, seq: ++lastSeq, data: item }))
      await database().jobItem.createMany({ data })
    },
  }
  const stop = async () => {
    clearInterval(timer)
    await running
    await database().job.updateMany({ where: { id: row.id, state: 'running' }, data: pending })
  }
  return { job, stop }
}
