import * as z from 'zod'
import { job } from '#lib/domain/progress/wire'
import { getJob } from '#lib/server/datasets/jobs/job-queries'
import { route } from '#lib/server/http/route'

export const GET = route(
  { summary: 'A job with its progress', params: z.object({ jobId: z.string() }), result: job },
  (ctx, { params }) => getJob(ctx, params.jobId),
)
