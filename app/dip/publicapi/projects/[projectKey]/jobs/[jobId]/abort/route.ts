import * as z from 'zod'
import { abortDssJob } from '#lib/server/datasets/dss/dss-jobs'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), jobId: z.string() })
const result = z.object({ success: z.boolean(), msg: z.string() })

export const POST = publicApiRoute({ summary: 'DSS client: job.abort()', params, result }, (ctx, input) =>
  abortDssJob(ctx, input.params),
)
