import * as z from 'zod'
import { dssFuture } from '#lib/domain/public-api/dataset-wire'
import { getFuture } from '#lib/server/datasets/dss/futures'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { cancelJob } from '#lib/server/progress/commands'

const params = z.object({ jobId: z.string() })
const query = z.looseObject({ peek: z.stringbool().default(false) })

export const GET = publicApiRoute(
  { summary: 'DSS client: future.get_state(), future.peek_state()', params, query, result: dssFuture },
  (ctx, input) => getFuture(ctx, input.params.jobId, input.query.peek),
)

export const DELETE = publicApiRoute({ summary: 'DSS client: future.abort()', params }, (ctx, input) =>
  cancelJob(ctx, input.params.jobId),
)
