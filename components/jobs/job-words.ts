import type { StatusKind } from '#components/ui/status'
import { testAndDetectJob } from '#lib/domain/datasets/detect-job'
import { listPartitionsJob } from '#lib/domain/datasets/jobs'
import { computeMetricsJob } from '#lib/domain/datasets/metrics'
import type { JobGroup } from '#lib/domain/jobs/wire'
import { isUnderWay, type Job, type ProjectJob } from '#lib/domain/progress/wire'

export const GROUP_LABELS: Record<JobGroup, string> = {
  'under-way': 'Under way',
  succeeded: 'Succeeded',
  failed: 'Failed',
  canceled: 'Canceled',
}

const STATES: Record<Job['state'], [kind: StatusKind, word: string]> = {
  queued: ['off', 'Waiting'],
  running: ['busy', 'Running'],
  succeeded: ['ok', 'Succeeded'],
  failed: ['bad', 'Failed'],
  canceled: ['none', 'Canceled'],
}

const STOPPING: [StatusKind, string] = ['busy', 'Stopping']

/** The state of a job as icon and word. */
export const statusOf = ({ state, cancelRequested }: Pick<Job, 'state' | 'cancelRequested'>) =>
  isUnderWay(state) && cancelRequested ? STOPPING : STATES[state]

/** By what a job was started: `"in the browser"`, `"with the API key nightly"`; Launchpad does what it does `"by itself"`. */
export function sayOrigin({ origin, keyLabel }: Pick<ProjectJob, 'origin' | 'keyLabel'>): string {
  if (origin === 'browser') return 'in the browser'
  if (origin === 'launchpad') return 'by itself'
  return keyLabel === null ? 'with an API key' : `with the API key ${keyLabel}`
}

/** What a kind of job counts as it goes on; null where it counts nothing. */
export function unitOf(kind: string): string | null {
  if (kind === listPartitionsJob.kind) return 'objects'
  return kind === computeMetricsJob.kind || kind === testAndDetectJob.kind ? 'files' : null
}

/** How long a job ran, or has run until now, in milliseconds; null before it began. */
export function ranMs(
  { startedAt, finishedAt }: Pick<Job, 'startedAt' | 'finishedAt'>,
  nowMs: number,
): number | null {
  if (startedAt === null) return null
  return Math.max(0, (finishedAt === null ? nowMs : Date.parse(finishedAt)) - Date.parse(startedAt))
}
