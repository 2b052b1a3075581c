import * as z from 'zod'
import { datasetJobDetails } from '#lib/domain/jobs/wire'
import { getProjectJob } from '#lib/server/datasets/jobs/list-project-jobs'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'A job about a dataset: what it was asked, how it went, what it gave, its log',
    params: z.object({ projectKey: z.string(), jobId: z.string() }),
    result: datasetJobDetails,
  },
  (ctx, { params }) => getProjectJob(ctx, params),
)
