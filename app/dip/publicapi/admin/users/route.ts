import * as z from 'zod'
import { dssUserAnswer, dssUserCreation } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { createDssUser, listDssUsers } from '#lib/server/identity/dss-users'

export const GET = publicApiRoute(
  { summary: 'DSS client: list_users()', query: z.looseObject({}), result: z.array(dssUserAnswer) },
  (ctx) => listDssUsers(ctx),
)

export const POST = publicApiRoute(
  { summary: 'DSS client: create_user(…)', body: dssUserCreation, result: z.object({ login: z.string() }) },
  (ctx, input) => createDssUser(ctx, input.body),
)
