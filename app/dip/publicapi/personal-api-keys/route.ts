import * as z from 'zod'
import { dssPersonalKey, dssPersonalKeyAnswer } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { createDssPersonalKey, listDssPersonalKeys } from '#lib/server/identity/dss-keys'

export const GET = publicApiRoute(
  { summary: 'DSS client: list_personal_api_keys()', result: z.array(dssPersonalKeyAnswer) },
  (ctx) => listDssPersonalKeys(ctx),
)

export const POST = publicApiRoute(
  {
    summary: 'DSS client: create_personal_api_key(…); the key is shown once',
    body: dssPersonalKey,
    result: dssPersonalKeyAnswer,
  },
  (ctx, input) => createDssPersonalKey(ctx, input.body),
)
