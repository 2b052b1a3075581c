import * as z from 'zod'
import { route } from '#lib/server/http/route'
import { cancelJob } from '#lib/server/progress/commands'

export const POST = route(
  { summary: 'Ask a job to stop', params: z.object({ jobId: z.string() }), status: 202 },
  (ctx, { params }) => cancelJob(ctx, params.jobId),
)
