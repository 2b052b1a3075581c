import 'server-only'
import { now } from '../platform/clock'
import { inTransaction } from '../platform/db/transaction'
import { sendJob } from '../platform/queue'
import { handlerFor } from './registry'

/** A job whose worker has not been heard of for this long has lost it. */
const SILENCE_MS = 30_000
const MAX_ATTEMPTS = 3

/** Puts jobs of dead workers back or fails them as worker_lost, and wakes those whose message was lost. */
export async function recoverJobs(): Promise<void> {
  const silentSince = new Date(now().getTime() - SILENCE_MS)
  await inTransaction(async (tx) => {
    const lost = await tx.job.findMany({
      where: { state: 'running', heartbeatAt: { lt: silentSince } },
      take: 100,
    })
    for (const job of lost) {
      const again =
        handlerFor(job.kind)?.whenWorkerIsLost === 'retry' &&
        job.attempts < MAX_ATTEMPTS &&
        !job.cancelRequested
      const { count } = await tx.job.updateMany({
        where: { id: job.id, state: 'running', heartbeatAt: { lt: silentSince } },
        data: again
          ? { state: 'queued', heartbeatAt: null }
          : { state: 'failed', finishedAt: now(), error: LOST },
      })
      if (again && count > 0) await sendJob(tx, job.id)
    }
    const forgotten = await tx.job.findMany({
      where: { state: 'queued', createdAt: { lt: silentSince } },
      take: 100,
    })
    for (const job of forgotten) await sendJob(tx, job.id)
  })
}

const LOST = {
  code: 'unavailable',
  reason: 'worker_lost',
  message: 'The worker that ran this job stopped before it was done.',
  remedy: 'Retry it. What it had done so far is kept.',
}
