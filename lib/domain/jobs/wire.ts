import * as z from 'zod'
import { testAndDetectJob } from '../datasets/detect-job'
import { listPartitionsJob } from '../datasets/jobs'
import { computeMetricsJob } from '../datasets/metrics'
import { projectJob } from '../progress/wire'

/** The kinds of jobs that are about a dataset, as lists of a project hold them. */
export const DATASET_JOB_KINDS = [
  listPartitionsJob.kind,
  computeMetricsJob.kind,
  testAndDetectJob.kind,
] as const
export type DatasetJobKind = (typeof DATASET_JOB_KINDS)[number]

/** The states that jobs are filtered by; waiting and running are one. */
export const JOB_GROUPS = ['under-way', 'succeeded', 'failed', 'canceled'] as const
export type JobGroup = (typeof JOB_GROUPS)[number]

/** Which jobs of a project are asked for. */
export const datasetJobsQuery = z.object({
  state: z.enum(JOB_GROUPS).optional(),
  kind: z.enum(DATASET_JOB_KINDS).optional(),
  /** The name of a dataset. */
  dataset: z.string().min(1).max(200).optional(),
  /** `next` of the page before. */
  before: z.string().min(1).max(100).optional(),
})
export type DatasetJobsQuery = z.infer<typeof datasetJobsQuery>

/** A job about a dataset, as a list holds it. */
export const datasetJob = projectJob.extend({
  /** The dataset's name when it was started. */
  dataset: z.string(),
  /** Whether it is in the project still; another may have its name. */
  isThere: z.boolean(),
})
export type DatasetJob = z.infer<typeof datasetJob>

/** A page of them, newest first. */
export const datasetJobs = z.object({ jobs: z.array(datasetJob), next: z.string().nullable() })

/** Something a job was given or gives, in words. */
const jobFact = z.object({ name: z.string(), value: z.string() })
export type JobFact = z.infer<typeof jobFact>

/** One job with all that is known of it. */
export const datasetJobDetails = datasetJob.extend({
  parameters: z.array(jobFact),
  outcome: z.array(jobFact),
  /** What one should know of how it ended, though it did not fail. */
  warnings: z.array(z.string()),
  /** How often a worker took it. */
  attempts: z.number().int(),
  /** The request that asked for it, as audit events name it. */
  requestId: z.string(),
  log: z.string(),
})
export type DatasetJobDetails = z.infer<typeof datasetJobDetails>
