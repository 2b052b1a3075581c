import 'server-only'
import type { ProjectJob } from '#lib/domain/progress/wire'
import type { DssJob } from '#lib/domain/public-api/dataset-wire'
import type { Context } from '../../access/caller'
import { stopJob } from '../../progress/commands'
import { getProjectJob, listProjectJobs } from '../jobs/list-project-jobs'

/** The newest jobs that a list gives. */
const MOST = 200

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
  const { jobs } = await listProjectJobs(ctx, projectKey, {}, MOST)
  return jobs.map((job) => toDss(projectKey, job))
}

/** One of them. */
export async function getDssJob(ctx: Context, ref: JobRef): Promise<DssJob> {
  return toDss(ref.projectKey, await getProjectJob(ctx, ref))
}

/** Stops one of them; one that has ended stays as it is. */
export async function abortDssJob(ctx: Context, ref: JobRef): Promise<{ success: boolean; msg: string }> {
  const { id, kind } = await getProjectJob(ctx, ref)
  return (await stopJob(ctx, id))
    ? { success: true, msg: `The job ${kind} was told to stop.` }
    : { success: false, msg: `The job ${kind} has ended already.` }
}

/** What is known of how a job went, a line each. */
export async function readDssJobLog(ctx: Context, ref: JobRef): Promise<string> {
  return (await getProjectJob(ctx, ref)).log
}

const toDss = (projectKey: string, job: ProjectJob): DssJob => ({
  baseStatus: {
    def: { id: job.id, name: job.kind, projectKey, initiator: job.startedBy },
    state: STATES[job.state],
    startTime: Date.parse(job.startedAt ?? job.createdAt),
    endTime: job.finishedAt === null ? null : Date.parse(job.finishedAt),
  },
})
