import * as z from 'zod'
import { dssPersonalKeyAnswer } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { listAllDssPersonalKeys } from '#lib/server/identity/dss-keys'

export const GET = publicApiRoute(
  { summary: 'DSS client: list_all_personal_api_keys()', result: z.array(dssPersonalKeyAnswer) },
  (ctx) => listAllDssPersonalKeys(ctx),
)
