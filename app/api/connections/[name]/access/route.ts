import * as z from 'zod'
import { connectionParam } from '#lib/domain/connections/route-params'
import { connectionAccess } from '#lib/domain/connections/who-can-access'
import { whoCanAccess } from '#lib/server/datasets/connections/connection-access'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'Every person and key that can access a connection today, and through what',
    params: connectionParam,
    query: z.object({ q: z.string().max(200).default('') }),
    result: connectionAccess,
  },
  (ctx, { params, query }) => whoCanAccess(ctx, params.name, query.q),
)
