import * as z from 'zod'
import { dssUserAnswer, dssUserChange } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { deleteDssUser, getDssUser, saveDssUser } from '#lib/server/identity/dss-users'

const params = z.object({ login: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: user.get_settings()', params, result: dssUserAnswer },
  (ctx, input) => getDssUser(ctx, input.params.login),
)

export const PUT = publicApiRoute(
  { summary: 'DSS client: user settings.save()', params, body: dssUserChange, result: dssUserAnswer },
  (ctx, input) => saveDssUser(ctx, input.params.login, input.body),
)

export const DELETE = publicApiRoute(
  {
    summary: 'DSS client: user.delete(); the user is disabled, since the record of the past names them',
    params,
  },
  (ctx, input) => deleteDssUser(ctx, input.params.login),
)
