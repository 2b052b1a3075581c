import * as z from 'zod'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { listDssGroupNames } from '#lib/server/identity/dss-users'

export const GET = publicApiRoute(
  { summary: 'DSS client: list_groups_info()', result: z.array(z.object({ name: z.string() })) },
  (ctx) => listDssGroupNames(ctx),
)
