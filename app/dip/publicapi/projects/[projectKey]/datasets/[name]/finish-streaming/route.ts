import * as z from 'zod'
import { streamWarnings } from '#lib/domain/datasets/stream-warnings'
import { finishStreaming } from '#lib/server/datasets/streaming/read-sessions'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })
const query = z.object({ readSessionId: z.string().min(1).max(200) })

export const GET = publicApiRoute(
  {
    summary: 'Whether a stream came whole, and what was left out of it; what broke it is the error',
    params,
    query,
    result: streamWarnings.extend({ records: z.number().int() }),
  },
  (ctx, input) => finishStreaming(ctx, input.params, input.query.readSessionId),
)
