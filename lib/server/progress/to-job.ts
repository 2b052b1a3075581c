import 'server-only'
import { type Job, jobError } from '#lib/domain/progress/wire'
import type { JobRow } from './job-kind'

/** What is told of a job. */
export type JobFacts = Omit<JobRow, 'caller' | 'personOfKey'>

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
