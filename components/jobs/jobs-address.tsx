import { DATASET_JOB_KINDS, type DatasetJobsQuery, datasetJobsQuery, JOB_GROUPS } from '#lib/domain/jobs/wire'

/** Which jobs a page shows, and which one is open, as its address tells. */
export interface JobsView extends Omit<DatasetJobsQuery, 'before'> {
  job?: string | undefined
}

/** The address of a project's jobs: `/projects/AUDIT/jobs?state=failed&job=0192…`. */
export function jobsAddress(projectKey: string, { state, kind, dataset, job }: JobsView = {}): string {
  const pairs = Object.entries({ state, kind, dataset, job }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  const path = `/projects/${encodeURIComponent(projectKey)}/jobs`
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`
}

/** The address of one job. */
export const jobAddress = (projectKey: string, job: string): string => jobsAddress(projectKey, { job })

/** Reads the view of an address; values that are none of those known are left out. */
export function readJobsView(query: Pick<URLSearchParams, 'get'>): JobsView {
  const among = <T extends string>(values: readonly T[], name: string) =>
    values.find((value) => value === query.get(name))
  const dataset = datasetJobsQuery.shape.dataset.safeParse(query.get('dataset') ?? undefined)
  return {
    state: among(JOB_GROUPS, 'state'),
    kind: among(DATASET_JOB_KINDS, 'kind'),
    dataset: dataset.success ? dataset.data : undefined,
    job: query.get('job') ?? undefined,
  }
}
