import 'server-only'
import { expect } from 'vitest'
import * as z from 'zod'
import type { AuthorizedTx } from '../access/authorize'
import type { Context } from '../access/caller'
import { enqueueJob, type JobRequest } from '../access/enqueue-job'
import { defineJob, type JobHandler, type RunningJob } from '../jobs/job-handler'
import { runJob } from '../jobs/run-job'
import { database } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'

export const NEVER = new AbortController().signal

/** Puts a job of kind `count` in the queue, as a verb would after its check. */
export const enqueue = (ctx: Context, request: Partial<JobRequest> = {}) =>
  inTransaction((tx) => enqueueJob(tx as AuthorizedTx, ctx, { kind: 'count', payload: {}, ...request }))

/** A registry that knows one kind of job. */
export const handlerOf = (
  run: (job: RunningJob) => Promise<string | null>,
  whenWorkerIsLost: JobHandler['whenWorkerIsLost'] = 'retry',
) => {
  const handler = defineJob({ kind: 'count', payload: z.object({}), whenWorkerIsLost, run })
  return () => handler
}

/** Runs a job as a worker would, by the handler of the test. */
export const run = (jobId: string, find: () => JobHandler, shutdown = NEVER) => runJob(jobId, shutdown, find)

/** A job as it stands in the database. */
export const rowOf = (jobId: string) => database().job.findFirstOrThrow({ where: { id: jobId } })

/** Waits until a worker has taken a job. */
export const untilRunning = (jobId: string) =>
  expect.poll(async () => (await rowOf(jobId)).state, { timeout: 30_000 }).toBe('running')

/** Work that goes on until it is told to stop. */
export const untilAborted = ({ ctx: { signal } }: RunningJob) =>
  new Promise<never>((_, reject) => {
    const end = () => reject(signal.reason)
    // On a busy machine it may have been told before it began.
    if (signal.aborted) end()
    signal.addEventListener('abort', end)
  })
