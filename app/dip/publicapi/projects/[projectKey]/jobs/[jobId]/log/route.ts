import * as z from 'zod'
import { readDssJobLog } from '#lib/server/datasets/dss/dss-jobs'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), jobId: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: job.get_log(), as text', params, produces: ['text/plain; charset=utf-8'] },
  async (ctx, input) =>
    new Response(await readDssJobLog(ctx, input.params), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    }),
)
