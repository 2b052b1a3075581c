import * as z from 'zod'
import { dssUserAnswer, dssUserCreation } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { createDssUser, listDssUsers } from '#lib/server/identity/dss-users'

/** As Python writes it. */
const query = z.looseObject({ includeSettings: z.stringbool().default(false) })

export const GET = publicApiRoute(
  {
    summary:
      'DSS client: list_users(); disabled ones, as which deleted ones stay, with include_settings=True',
    query,
    result: z.array(dssUserAnswer),
  },
  (ctx, input) => listDssUsers(ctx, input.query.includeSettings),
)

export const POST = publicApiRoute(
  { summary: 'DSS client: create_user(…)', body: dssUserCreation, result: z.object({ login: z.string() }) },
  (ctx, input) => createDssUser(ctx, input.body),
)
