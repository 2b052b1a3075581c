import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import { describeOutcome, describeParameters } from '#lib/domain/jobs/describe-job'
import type { DatasetJob, DatasetJobDetails, DatasetJobsQuery, JobGroup } from '#lib/domain/jobs/wire'
import { writeJobLog } from '#lib/domain/jobs/write-log'
import type { ProjectJob } from '#lib/domain/progress/wire'
import { readAs } from '../../access/act'
import { authorize, notFound } from '../../access/authorize'
import type { Context } from '../../access/caller'
import type { Tx } from '../../platform/db/client'
import type { Prisma } from '../../platform/db/generated/client'
import { jobKind } from '../../progress/job-kind'
import { findJobs, startedBy } from '../../progress/list-jobs'
import type { ProjectRow } from '../../projects/project-kind'
import { projectDatasetsKind } from '../project-datasets-kind'
import { UNKNOWN_RESULT, withheldFrom } from './authorize-job'
import { tellErrors } from './tell-error'

/** The jobs of one page. */
const PAGE = 50

const STATES_OF: Record<JobGroup, string[]> = {
  'under-way': ['queued', 'running'],
  succeeded: ['succeeded'],
  failed: ['failed'],
  canceled: ['canceled'],
}

/**
 * The jobs about the datasets of a project that the caller may see, newest first: their own, and all for administrators of the
 * space.
 */
export function listProjectJobs(
  ctx: Context,
  projectKey: string,
  { state, kind, dataset, before }: DatasetJobsQuery = {},
  most = PAGE,
): Promise<{ jobs: DatasetJob[]; next: string | null }> {
  return readAs(ctx, projectDatasetsKind, 'list', { projectKey }, async ({ tx, row, subject }) => {
    const where: Prisma.JobWhereInput = {
      ...(await visibleIn(tx, subject, row)),
      ...(state === undefined ? {} : { state: { in: STATES_OF[state] } }),
      ...(kind === undefined ? {} : { kind }),
      ...(dataset === undefined ? {} : { objectId: `${row.key}.${dataset}` }),
    }
    const found = await findJobs(tx, subject, row.spaceId, where, { before, most: most + 1 })
    const jobs = found.slice(0, most)
    return {
      jobs: await withDatasets(tx, ctx, row, jobs),
      next: found.length > most ? (jobs.at(-1)?.id ?? null) : null,
    }
  })
}

/**
 * One of them with all that is known of it; what it found, to those who may still read it.
 * @throws Failure `not_found` also for one that the caller may not see
 */
export function getProjectJob(
  ctx: Context,
  { projectKey, jobId }: { projectKey: string; jobId: string },
): Promise<DatasetJobDetails> {
  return readAs(ctx, projectDatasetsKind, 'list', { projectKey }, async ({ tx, row, subject }) => {
    const { row: asked } = await authorize(tx, ctx, jobKind, 'read', { jobId })
    const { kind, payload, result, attempts, requestId } = asked
    const where = { ...(await visibleIn(tx, subject, row)), id: jobId }
    const [job] = await withDatasets(tx, ctx, row, await findJobs(tx, subject, row.spaceId, where))
    if (!job) throw notFound('job')
    const isOpen = result === null || (await withheldFrom(tx, ctx, asked)) === null
    return {
      ...job,
      parameters: describeParameters(kind, payload),
      ...(isOpen ? describeOutcome(kind, result) : { outcome: [], warnings: [UNKNOWN_RESULT] }),
      attempts,
      requestId,
      log: writeJobLog(job),
    }
  })
}

async function visibleIn(
  tx: Tx,
  subject: Subject,
  { key, createdAt }: ProjectRow,
): Promise<Prisma.JobWhereInput> {
  return {
    ...(subject.isAdministrator ? {} : await startedBy(tx, subject)),
    objectType: 'dataset',
    // A key is used again once its project is deleted.
    createdAt: { gte: createdAt },
    // Prisma compares by LIKE, in which an underscore is any character.
    objectId: { startsWith: `${key}.`.replace(/[\\%_]/g, '\\$&') },
  }
}

/** With the name of the dataset that each is about, whether it is still there, and why it failed where that may be told. */
async function withDatasets(
  tx: Tx,
  ctx: Context,
  project: ProjectRow,
  jobs: readonly ProjectJob[],
): Promise<DatasetJob[]> {
  const named = jobs.map((job) => ({ ...job, dataset: (job.object ?? '').slice(project.key.length + 1) }))
  const { spaceId, id: projectId } = project
  const about = await tx.job.findMany({
    where: { spaceId, id: { in: jobs.map(({ id }) => id) } },
    select: { id: true, objectKey: true },
  })
  const keys = new Map(about.map(({ id, objectKey }) => [id, objectKey]))
  const found = await tx.dataset.findMany({
    where: { spaceId, projectId, id: { in: [...keys.values()].filter((key) => key !== null) } },
    select: { id: true },
  })
  const there = new Set<string | null | undefined>(found.map(({ id }) => id))
  const tell = tellErrors(tx, ctx)
  const told: DatasetJob[] = []
  for (const job of named) {
    const objectKey = keys.get(job.id) ?? null
    const about = { kind: job.kind, objectType: 'dataset', objectId: job.object, objectKey }
    told.push({ ...job, error: await tell(about, job.error), isThere: there.has(objectKey) })
  }
  return told
}
