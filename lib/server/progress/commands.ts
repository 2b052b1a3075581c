import 'server-only'
import { changed, unchanged, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { now } from '../platform/clock'
import { jobKind } from './job-kind'

/**
 * Asks a job to stop: one that waits ends at once, one that runs within a second. Gives whether there was anything to stop:
 * a job that has ended stays as it is.
 */
export function stopJob(ctx: Context, jobId: string): Promise<boolean> {
  return writeAs(ctx, jobKind, 'cancel', { jobId }, async ({ tx, row }) => {
    const waiting = await tx.job.updateMany({
      where: { id: jobId, spaceId: row.spaceId, state: 'queued' },
      data: {
        state: 'canceled',
        cancelRequested: true,
        finishedAt: now(),
        message: 'Canceled before it began',
      },
    })
    const running = await tx.job.updateMany({
      where: { id: jobId, spaceId: row.spaceId, state: 'running', cancelRequested: false },
      data: { cancelRequested: true },
    })
    if (waiting.count + running.count === 0) return unchanged(row.state === 'running' && row.cancelRequested)
    return changed(true, {
      msgType: 'job-cancel',
      objectType: 'job',
      objectId: jobId,
      fields: { kind: row.kind },
    })
  })
}

/** As stopJob, for who need not know whether it was in time. */
export async function cancelJob(ctx: Context, jobId: string): Promise<void> {
  await stopJob(ctx, jobId)
}
