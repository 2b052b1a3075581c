import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { JobError } from '#lib/domain/progress/wire'
import { explainDatabaseError } from '../platform/db/transaction'

export const WORKER_LOST: JobError = {
  code: 'unavailable',
  reason: 'worker_lost',
  message: 'The worker that ran this job stopped before it was done.',
  remedy: 'Retry it. What it had done so far is kept.',
}

/** Tells an error in the vocabulary of problems, as the job's row keeps it; a defect is told in general. */
export function toJobError(error: unknown): JobError {
  const failure = explainDatabaseError(error)
  if (!(failure instanceof Failure)) {
    return {
      code: 'internal',
      message: 'The job ended because of a fault of Launchpad itself.',
      remedy: 'Retry it.',
    }
  }
  const { reason, where, remedy, ask } = failure.details
  return {
    code: failure.kind,
    message: failure.message,
    ...(reason === undefined ? {} : { reason }),
    ...(where === undefined ? {} : { where }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(ask === undefined ? {} : { ask }),
  }
}
