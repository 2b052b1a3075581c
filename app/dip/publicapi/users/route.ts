import * as z from 'zod'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { listDssUserNames } from '#lib/server/identity/dss-users'

const info = z.object({ login: z.string(), displayName: z.string(), enabled: z.boolean() })

export const GET = publicApiRoute(
  { summary: 'DSS client: list_users_info()', result: z.array(info) },
  (ctx) => listDssUserNames(ctx),
)
