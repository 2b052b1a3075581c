import * as z from 'zod'
import { dssGlobalKey, dssGlobalKeyAnswer } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { createDssGlobalKey, listDssGlobalKeys } from '#lib/server/identity/dss-keys'

export const GET = publicApiRoute(
  { summary: 'DSS client: list_global_api_keys()', result: z.array(dssGlobalKeyAnswer) },
  (ctx) => listDssGlobalKeys(ctx),
)

export const POST = publicApiRoute(
  {
    summary: 'DSS client: create_global_api_key(…); the key is shown once',
    body: dssGlobalKey,
    result: dssGlobalKeyAnswer,
  },
  (ctx, input) => createDssGlobalKey(ctx, input.body),
)
