import 'server-only'
import type { JobError, ProjectJob } from '#lib/domain/progress/wire'
import type { DssJob } from '#lib/domain/public-api/dataset-wire'
import { notFound } from '../access/authorize'
import type { Context } from '../access/caller'
import { cancelJob } from '../progress/commands'
import { listProjectJobs } from './list-project-jobs'

const STATES = {
  queued: 'RUNNING',
  running: 'RUNNING',
  succeeded: 'DONE',
  failed: 'FAILED',
  canceled: 'ABORTED',
} as const

interface JobRef {
  projectKey: string
  jobId: string
}

/** The jobs about a project's datasets as DSS clients read them, newest first. */
export async function listDssJobs(ctx: Context, projectKey: string): Promise<DssJob[]> {
  return (await listProjectJobs(ctx, projectKey)).map((job) => toDss(projectKey, job))
}

/** One of them. */
export async function getDssJob(ctx: Context, ref: JobRef): Promise<DssJob> {
  return toDss(ref.projectKey, await find(ctx, ref))
}

/** Stops one of them; one that has ended stays as it is. */
export async function abortDssJob(ctx: Context, ref: JobRef): Promise<{ success: boolean; msg: string }> {
  const { id, kind } = await find(ctx, ref)
  await cancelJob(ctx, id)
  return { success: true, msg: `The job ${kind} was told to stop.` }
}

/** What is known of how a job went, a line each. */
export async function readDssJobLog(ctx: Context, ref: JobRef): Promise<string> {
  const { kind, object, createdAt, startedAt, finishedAt, message, state, error, startedBy } = await find(
    ctx,
    ref,
  )
  const lines = [
    `${createdAt} ${kind} of ${object ?? 'nothing'} was asked for by ${startedBy}`,
    ...(startedAt === null ? [] : [`${startedAt} began`]),
    ...(message === '' ? [] : [`${finishedAt ?? startedAt ?? createdAt} ${message}`]),
    ...(error === null ? [] : [`${finishedAt ?? createdAt} ${sayError(error)}`]),
    ...(finishedAt === null ? [] : [`${finishedAt} ${state}`]),
  ]
  return `${lines.join('\n')}\n`
}

async function find(ctx: Context, { projectKey, jobId }: JobRef): Promise<ProjectJob> {
  const [found] = await listProjectJobs(ctx, projectKey, jobId)
  if (!found) throw notFound('job')
  return found
}

const toDss = (projectKey: string, job: ProjectJob): DssJob => ({
  baseStatus: {
    def: { id: job.id, name: job.kind, projectKey, initiator: job.startedBy },
    state: STATES[job.state],
    startTime: Date.parse(job.startedAt ?? job.createdAt),
    endTime: job.finishedAt === null ? null : Date.parse(job.finishedAt),
  },
})

const sayError = ({ reason, code, message, remedy }: JobError): string =>
  [`${reason ?? code}: ${message}`, ...(remedy === undefined ? [] : [remedy])].join(' ')
