import * as z from 'zod'
import { dssJob } from '#lib/domain/public-api/dataset-wire'
import { getDssJob } from '#lib/server/datasets/dss/dss-jobs'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), jobId: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: job.get_status()', params, result: dssJob },
  (ctx, input) => getDssJob(ctx, input.params),
)
