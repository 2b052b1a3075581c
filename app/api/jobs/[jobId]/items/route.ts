import * as z from 'zod'
import { jobItems } from '#lib/domain/progress/wire'
import { route } from '#lib/server/http/route'
import { readJobItems } from '#lib/server/progress/queries'

export const GET = route(
  {
    summary: 'What a job has found so far, from a cursor on',
    params: z.object({ jobId: z.string() }),
    query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
    result: jobItems,
  },
  (ctx, { params, query }) => readJobItems(ctx, params.jobId, query.after),
)
