import * as z from 'zod'
import { dssGlobalKeyAnswer, dssGlobalKeyChange } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { deleteDssGlobalKey, getDssGlobalKey, saveDssGlobalKey } from '#lib/server/identity/dss-keys'

const params = z.object({ keyId: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: global_api_key.get_definition()', params, result: dssGlobalKeyAnswer },
  (ctx, input) => getDssGlobalKey(ctx, input.params.keyId),
)

export const PUT = publicApiRoute(
  { summary: 'DSS client: global_api_key.set_definition(…)', params, body: dssGlobalKeyChange },
  (ctx, input) => saveDssGlobalKey(ctx, input.params.keyId, input.body),
)

export const DELETE = publicApiRoute(
  { summary: 'DSS client: global_api_key.delete()', params },
  (ctx, input) => deleteDssGlobalKey(ctx, input.params.keyId),
)
