import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ErrorKind, Failure, type FailureDetails, HTTP_STATUS } from '#lib/domain/errors'
import { isUnderWay, type Job, type JobError } from '#lib/domain/progress/wire'
import type { DssFuture } from '#lib/domain/public-api/dataset-wire'
import type { Context } from '../../access/caller'
import { now } from '../../platform/clock'
import { listJobs } from '../../progress/list-jobs'
import { UNKNOWN_RESULT } from '../jobs/authorize-job'
import { followJob } from '../jobs/job-queries'

const ASK_FIRST_MS = 50
const ASK_LAST_MS = 1_000

/**
 * A job as DSS clients follow it; `peek` leaves the result out.
 * @throws the failure that ended it; since clients wait until there is a result, also `conflict` (aborted) when somebody stopped
 * it, and `forbidden` (result-not-shown) where it is not for an administrator who looks after it
 */
export async function getFuture(ctx: Context, jobId: string, peek: boolean): Promise<DssFuture> {
  const { job, isShown } = await followJob(ctx, jobId)
  if (job.state === 'failed') throw failureOf(job.error)
  if (job.state === 'canceled') throw aborted(jobId)
  if (!isShown && !peek) throw notShown()
  // Clients take a result that is there and empty for what was found.
  const future = isShown ? toFuture(job) : { ...toFuture(job), hasResult: false }
  return future.hasResult && !peek ? { ...future, result: job.result } : future
}

/** The jobs under way that the caller started, or all of the space for administrators who ask for them. */
export async function listFutures(
  ctx: Context,
  { allUsers, withNotScenarios }: { allUsers: boolean; withNotScenarios: boolean },
): Promise<DssFuture[]> {
  const jobs = await listJobs(ctx, { allUsers, underWay: true })
  // There are no scenarios here: who asks for them alone has none.
  return withNotScenarios ? jobs.map((job) => toFuture(job)) : []
}

/** Waits until a job has ended, as long as the caller does, and `waitMs` at most; then as `getFuture`. */
export async function waitForFuture(ctx: Context, jobId: string, waitMs: number): Promise<DssFuture> {
  const until = Date.now() + waitMs
  let pauseMs = ASK_FIRST_MS
  for (;;) {
    ctx.signal.throwIfAborted()
    const future = await getFuture(ctx, jobId, false)
    if (!future.alive || Date.now() > until) return future
    await sleep(pauseMs, undefined, { signal: ctx.signal }).catch(() => undefined)
    pauseMs = Math.min(pauseMs * 1.5, ASK_LAST_MS)
  }
}

type Facts = Omit<Job, 'canCancel'> & { startedBy?: string }

function toFuture({
  id,
  kind,
  state,
  done,
  total,
  message,
  createdAt,
  startedAt,
  finishedAt,
  startedBy,
}: Facts) {
  const startTime = Date.parse(startedAt ?? createdAt)
  return {
    jobId: id,
    alive: isUnderWay(state),
    hasResult: state === 'succeeded',
    aborted: state === 'canceled',
    startTime,
    runningTime: Math.max(0, (finishedAt === null ? now().getTime() : Date.parse(finishedAt)) - startTime),
    ...(startedBy === undefined ? {} : { owner: startedBy }),
    payload: { displayName: kind },
    progress: { states: [{ name: message, cur: done, target: total ?? -1, unit: 'NONE' }] },
  }
}

/** The error that ended a job, as if it had ended the request. */
export function failureOf(error: JobError | null): Failure {
  if (!error) return new Failure('internal', 'The job failed.')
  const { code, message, ...given } = error
  const details: FailureDetails = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  )
  return new Failure(code in HTTP_STATUS ? (code as ErrorKind) : 'internal', message, details)
}

const notShown = () =>
  new Failure('forbidden', UNKNOWN_RESULT, {
    reason: 'result-not-shown',
    remedy: 'Ask who may read what the job is about.',
  })

const aborted = (jobId: string) =>
  new Failure('conflict', `The job ${jobId} was aborted.`, { reason: 'aborted', remedy: 'Start it again.' })
