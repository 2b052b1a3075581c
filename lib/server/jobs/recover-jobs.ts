import 'server-only'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import type { Job, Prisma } from '../platform/db/generated/client'
import { inTransaction } from '../platform/db/transaction'
import { sendJob } from '../platform/queue'
import { WORKER_LOST } from './job-error'
import { handlerFor } from './registry'

/** A job whose worker has not been heard of for this long has lost it. */
const SILENCE_MS = 30_000
const MAX_ATTEMPTS = 3
const AT_ONCE = 100

/** Puts jobs of dead workers back or fails them as worker_lost, and wakes those whose message was lost. */
export async function recoverJobs(_?: AbortSignal, find = handlerFor): Promise<void> {
  const silentSince = new Date(now().getTime() - SILENCE_MS)
  await inTransaction((tx) => endLost(tx, silentSince, find))
  await inTransaction((tx) => wakeForgotten(tx, silentSince))
}

async function endLost(tx: Tx, silentSince: Date, find: typeof handlerFor): Promise<void> {
  const lost = await tx.job.findMany({
    where: { state: 'running', heartbeatAt: { lt: silentSince } },
    orderBy: { id: 'asc' },
    take: AT_ONCE,
  })
  for (const job of lost) {
    const data = afterLoss(job, find)
    const { count } = await tx.job.updateMany({
      where: { id: job.id, state: 'running', attempts: job.attempts, heartbeatAt: { lt: silentSince } },
      data,
    })
    if (count > 0 && data.state === 'queued') await sendJob(tx, job.id)
  }
}

function afterLoss(job: Job, find: typeof handlerFor): Prisma.JobUpdateManyMutationInput {
  const finishedAt = now()
  if (job.cancelRequested) return { state: 'canceled', message: 'Canceled', finishedAt }
  const again = find(job.kind)?.whenWorkerIsLost === 'retry' && job.attempts < MAX_ATTEMPTS
  if (again) return { state: 'queued', heartbeatAt: null }
  return { state: 'failed', error: { ...WORKER_LOST }, finishedAt }
}

/** A message that is still on its way is not sent a second time: the queue keeps one for each job. */
async function wakeForgotten(tx: Tx, silentSince: Date): Promise<void> {
  const forgotten = await tx.job.findMany({
    where: { state: 'queued', createdAt: { lt: silentSince } },
    orderBy: { createdAt: 'asc' },
    take: AT_ONCE,
    select: { id: true },
  })
  for (const { id } of forgotten) await sendJob(tx, id)
}
