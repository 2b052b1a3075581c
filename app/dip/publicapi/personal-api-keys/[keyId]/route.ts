import * as z from 'zod'
import { dssPersonalKeyAnswer } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { deleteDssPersonalKey, getDssPersonalKey } from '#lib/server/identity/dss-keys'

const params = z.object({ keyId: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: personal_api_key.get_definition()', params, result: dssPersonalKeyAnswer },
  (ctx, input) => getDssPersonalKey(ctx, input.params.keyId),
)

export const DELETE = publicApiRoute(
  { summary: 'DSS client: personal_api_key.delete()', params },
  (ctx, input) => deleteDssPersonalKey(ctx, input.params.keyId),
)
