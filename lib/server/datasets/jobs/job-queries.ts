import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import { isUnderWay, type Job, type JobItems } from '#lib/domain/progress/wire'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import type { Tx } from '../../platform/db/client'
import { type JobRow, jobKind, mayCancel } from '../../progress/job-kind'
import { toJob } from '../../progress/to-job'
import { authorizeJobObject, UNKNOWN_RESULT, withheldFrom } from './authorize-job'
import { tellErrors } from './tell-error'

/**
 * One job with its progress. Who started it hears how it ended, also that it ended with their right; what it found, and what made
 * it fail, is of what it is about. Administrators look after the jobs of all, and are told in its message where that is not for them.
 * @throws Failure as reading that does, once there is a result
 */
export const getJob = async (ctx: Context, jobId: string): Promise<Job> => (await followJob(ctx, jobId)).job

/** As getJob, and whether what it found is shown. */
export function followJob(ctx: Context, jobId: string): Promise<{ job: Job; isShown: boolean }> {
  return readAs(ctx, jobKind, 'read', { jobId }, async ({ tx, row, subject }) => {
    const isShown = row.result === null || (await mayBeShown(tx, ctx, row, subject))
    const canCancel = isUnderWay(row.state as Job['state']) && mayCancel(subject, row)
    const { error, ...told } = toJob(row)
    const job = { ...told, error: await tellErrors(tx, ctx)(row, error), canCancel }
    return { job: isShown ? job : { ...job, result: null, message: UNKNOWN_RESULT }, isShown }
  })
}

async function mayBeShown(tx: Tx, ctx: Context, row: JobRow, subject: Subject): Promise<boolean> {
  if (subject.isAdministrator) return (await withheldFrom(tx, ctx, row)) === null
  await authorizeJobObject(tx, ctx, row)
  return true
}

const PAGE = 2_000

/** The results of a job from `after` on, as they come. @throws Failure as reading what it is about does, for administrators too */
export function readJobItems(ctx: Context, jobId: string, after: number): Promise<JobItems> {
  return readAs(ctx, jobKind, 'read', { jobId }, async ({ tx, row }) => {
    await authorizeJobObject(tx, ctx, row)
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
