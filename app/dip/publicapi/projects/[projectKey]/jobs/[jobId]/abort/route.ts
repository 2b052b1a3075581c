import * as z from 'zod'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { abortDssJob } from '#lib/server/progress/dss-jobs'

const params = z.object({ projectKey: z.string(), jobId: z.string() })
const result = z.object({ success: z.boolean(), msg: z.string() })

export const POST = publicApiRoute({ summary: 'DSS client: job.abort()', params, result }, (ctx, input) =>
  abortDssJob(ctx, input.params),
)
