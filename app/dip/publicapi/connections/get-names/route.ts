import * as z from 'zod'
import { listDssConnectionNames } from '#lib/server/connections/dss-connections'
import { publicApiRoute } from '#lib/server/http/public-api-route'

export const GET = publicApiRoute(
  {
    summary: 'DSS client: list_connections_names(type), those that may be used',
    query: z.looseObject({ type: z.string().max(100).default('all') }),
    result: z.array(z.string()),
  },
  (ctx, input) => listDssConnectionNames(ctx, input.query.type),
)
