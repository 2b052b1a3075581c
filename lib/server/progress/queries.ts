import 'server-only'
import { isUnderWay, type Job, type JobItems, jobError } from '#lib/domain/progress/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { authorizeJobObject } from '../datasets/authorize-job'
import { type JobRow, jobKind, mayCancel } from './job-kind'

/** One job with its progress. @throws Failure as reading what it is about does: its result is of that */
export function getJob(ctx: Context, jobId: string): Promise<Job> {
  return readAs(ctx, jobKind, 'read', { jobId }, async ({ tx, row, subject }) => {
    // Administrators look after the jobs of all.
    if (!subject.isAdministrator) await authorizeJobObject(tx, ctx, row)
    return {
      ...toJob(row),
      canCancel: isUnderWay(row.state as Job['state']) && mayCancel(subject, row),
    }
  })
}

/** What is told of a job. */
export type JobFacts = Omit<JobRow, 'caller' | 'personOfKey'>

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

/** A job as it stands in its row. */
export function toJob(row: JobFacts): Omit<Job, 'canCancel'> {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state as Job['state'],
    done: row.done,
    total: row.total,
    message: row.message,
    result: row.result,
    error: row.error === null ? null : jobError.parse(row.error),
    cancelRequested: row.cancelRequested,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}
