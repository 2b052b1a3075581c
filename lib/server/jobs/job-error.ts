import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { JobError } from '#lib/domain/progress/wire'
import { describeError } from '../progress/describe-error'

export const WORKER_LOST: JobError = {
  code: 'unavailable',
  reason: 'worker_lost',
  message: 'The worker that ran this job stopped before it was done.',
  remedy: 'Retry it. What it had done so far is kept.',
}

const DEFECT: JobError = {
  code: 'internal',
  message: 'The job ended because of a fault of Launchpad itself.',
  remedy: 'Retry it.',
}

/** Said of whoever started the job, not of who asks how it went. */
const CALLER_ENDED: JobError = {
  code: 'conflict',
  reason: 'caller-ended',
  message: 'The key or account that started this job has ended.',
  remedy: 'Start it again with one that is valid.',
}

/** Tells why a job failed, as its row keeps it. */
export function toJobError(error: unknown): JobError {
  if (error instanceof Failure && error.kind === 'unauthenticated') return CALLER_ENDED
  return describeError(error, DEFECT)
}
