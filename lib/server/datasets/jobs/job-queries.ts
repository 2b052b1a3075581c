import 'server-only'
import { isUnderWay, type Job, type JobItems } from '#lib/domain/progress/wire'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { jobKind, mayCancel } from '../../progress/job-kind'
import { toJob } from '../../progress/to-job'
import { authorizeJobObject } from './authorize-job'

/**
 * One job with its progress. Who started it hears how it ended, also that it ended with their right; what it found is of
 * what it is about.
 * @throws Failure as reading that does, once there is a result
 */
export function getJob(ctx: Context, jobId: string): Promise<Job> {
  return readAs(ctx, jobKind, 'read', { jobId }, async ({ tx, row, subject }) => {
    // Administrators look after the jobs of all.
    if (row.result !== null && !subject.isAdministrator) await authorizeJobObject(tx, ctx, row)
    return {
      ...toJob(row),
      canCancel: isUnderWay(row.state as Job['state']) && mayCancel(subject, row),
    }
  })
}

const PAGE = 2_000

/** The results of a job from `after` on, as they come. */
export function readJobItems(ctx: Context, jobId: string, after: number): Promise<JobItems> {
  return readAs(ctx, jobKind, 'read', { jobId }, async ({ tx, row, subject }) => {
    if (!subject.isAdministrator) await authorizeJobObject(tx, ctx, row)
    const found = await tx.jobItem.findMany({
      where: { spaceId: row.spaceId, jobId, seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: PAGE,
    })
    return {
      items: found.map((item) => item.data),
      next: found.at(-1)?.seq ?? after,
      finished: found.length < PAGE && !isUnderWay(row.state as Job['state']),
    }
  })
}
