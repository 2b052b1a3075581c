import * as z from 'zod'
import { job } from '#lib/domain/progress/wire'
import { route } from '#lib/server/http/route'
import { getJob } from '#lib/server/progress/queries'

export const GET = route(
  { summary: 'A job with its progress', params: z.object({ jobId: z.string() }), result: job },
  (ctx, { params }) => getJob(ctx, params.jobId),
)
