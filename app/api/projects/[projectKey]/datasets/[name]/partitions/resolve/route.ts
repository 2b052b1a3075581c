import { z } from 'zod'
import { rangeQuery, resolvedRange } from '#lib/domain/datasets/partitions-wire'
import { resolveRange } from '#lib/server/datasets/listing/resolve-range'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'The partitions that a range specification comes to, by the kept listing',
    params: z.object({ projectKey: z.string(), name: z.string() }),
    query: rangeQuery,
    result: resolvedRange,
  },
  (ctx, { params, query }) => resolveRange(ctx, params, query.range),
)
