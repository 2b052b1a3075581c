import 'server-only'
import { changed, unchanged, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { now } from '../platform/clock'
import { jobKind } from './job-kind'

/** Asks a job to stop: one that waits ends at once, one that runs within a second. */
export function cancelJob(ctx: Context, jobId: string): Promise<void> {
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
    if (waiting.count + running.count === 0) return unchanged(undefined)
    return changed(undefined, {
      msgType: 'job-cancel',
      objectType: 'job',
      objectId: jobId,
      fields: { kind: row.kind },
    })
  })
}
