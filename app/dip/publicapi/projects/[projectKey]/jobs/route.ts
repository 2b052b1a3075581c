import * as z from 'zod'
import { dssBuild, dssJob } from '#lib/domain/public-api/dataset-wire'
import { refuseDssBuild } from '#lib/server/datasets/dss/dss-datasets'
import { listDssJobs } from '#lib/server/datasets/dss/dss-jobs'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: project.list_jobs()', params, result: z.array(dssJob) },
  (ctx, input) => listDssJobs(ctx, input.params.projectKey),
)

export const POST = publicApiRoute(
  {
    summary: 'DSS client: dataset.build(…); refused, the files are written by others',
    params,
    body: dssBuild,
  },
  (ctx, input) => refuseDssBuild(ctx, input.params.projectKey, input.body),
)
