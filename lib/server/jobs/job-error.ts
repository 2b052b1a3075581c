import 'server-only'
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

/** Tells why a job failed, as its row keeps it. */
export const toJobError = (error: unknown): JobError => describeError(error, DEFECT)
