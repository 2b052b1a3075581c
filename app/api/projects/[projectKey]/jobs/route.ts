import * as z from 'zod'
import { datasetJobs, datasetJobsQuery } from '#lib/domain/jobs/wire'
import { listProjectJobs } from '#lib/server/datasets/jobs/list-project-jobs'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'The jobs about a project’s datasets that one may see, newest first',
    params: z.object({ projectKey: z.string() }),
    query: datasetJobsQuery,
    result: datasetJobs,
  },
  (ctx, { params, query }) => listProjectJobs(ctx, params.projectKey, query),
)
