import * as z from 'zod'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { deleteDssPersonalKey } from '#lib/server/identity/dss-keys'

export const DELETE = publicApiRoute(
  { summary: 'DSS client: personal_api_key.delete()', params: z.object({ keyId: z.string() }) },
  (ctx, input) => deleteDssPersonalKey(ctx, input.params.keyId),
)
