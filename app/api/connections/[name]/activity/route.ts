import * as z from 'zod'
import { connectionParam } from '#lib/domain/connections/route-params'
import { activityPage } from '#lib/domain/connections/wire'
import { listActivity } from '#lib/server/connections/activity'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'The audit events about a connection, newest first',
    params: connectionParam,
    query: z.object({
      before: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
    }),
    result: activityPage,
  },
  (ctx, { params, query }) => listActivity(ctx, params.name, query.before),
)
