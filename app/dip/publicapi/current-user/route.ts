import { dssUserAnswer } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { getDssOwnUser } from '#lib/server/identity/dss-users'

export const GET = publicApiRoute(
  { summary: 'DSS client: get_own_user().get_settings(), with the key of a person', result: dssUserAnswer },
  (ctx) => getDssOwnUser(ctx),
)
