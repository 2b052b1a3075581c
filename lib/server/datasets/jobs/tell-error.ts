import 'server-only'
import type { JobError } from '#lib/domain/progress/wire'
import type { Context } from '../../access/caller'
import type { Tx } from '../../platform/db/client'
import { type JobOnObject, type Withheld, withheldFrom } from './authorize-job'

/** What tells of rights and of workers, and of nothing that was read. */
const TOLD_TO_ALL: ReadonlySet<string | undefined> = new Set([
  'denied',
  'not-found',
  'caller-ended',
  'worker_lost',
])

/**
 * Tells why jobs failed, to who may hear that they did. An error may name buckets, folders and objects: as what a job found, it is for
 * who may read that. Others hear which right they need. What several jobs are about is asked about once.
 */
export function tellErrors(tx: Tx, ctx: Context) {
  const asked = new Map<string, Promise<Withheld | null>>()
  return async (job: JobOnObject, error: JobError | null): Promise<JobError | null> => {
    if (error === null || TOLD_TO_ALL.has(error.reason)) return error
    const { kind, objectType, objectId, objectKey } = job
    const about = JSON.stringify([kind, objectType, objectId, objectKey])
    const answer = asked.get(about) ?? withheldFrom(tx, ctx, job)
    asked.set(about, answer)
    const withheld = await answer
    return withheld === null ? error : inGeneral(error, withheld)
  }
}

function inGeneral({ code }: JobError, { need, ask }: Withheld): JobError {
  const because =
    need === null ? 'what it is about is not there any more, or you may not see it' : `you need ${need}`
  return {
    code,
    reason: 'error-not-shown',
    message: `The job failed. Why is not shown: ${because}.`,
    ...(ask.length === 0 ? {} : { ask }),
  }
}
