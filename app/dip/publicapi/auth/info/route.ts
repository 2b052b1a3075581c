import { authInfo } from '#lib/domain/public-api/wire'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { whoAmI } from '#lib/server/identity/who-am-i'

export const GET = publicApiRoute({ summary: 'DSS client: get_auth_info()', result: authInfo }, (ctx) =>
  whoAmI(ctx),
)
