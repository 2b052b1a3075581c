import * as z from 'zod'
import { jobItems } from '#lib/domain/progress/wire'
import { readJobItems } from '#lib/server/datasets/jobs/job-queries'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'What a job has found so far, from a cursor on',
    params: z.object({ jobId: z.string() }),
    query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
    result: jobItems,
  },
  (ctx, { params, query }) => readJobItems(ctx, params.jobId, query.after),
)
