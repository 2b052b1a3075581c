import * as z from 'zod'
import { dssGroupAnswer, dssGroupCreation } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { createDssGroup, listDssGroups } from '#lib/server/identity/dss-groups'

export const GET = publicApiRoute(
  { summary: 'DSS client: list_groups()', result: z.array(dssGroupAnswer) },
  (ctx) => listDssGroups(ctx),
)

export const POST = publicApiRoute(
  { summary: 'DSS client: create_group(…)', body: dssGroupCreation, result: dssGroupAnswer },
  (ctx, input) => createDssGroup(ctx, input.body),
)
