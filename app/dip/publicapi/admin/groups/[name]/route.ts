import * as z from 'zod'
import { dssGroupAnswer, dssGroupChange } from '#lib/domain/identity/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { deleteDssGroup, getDssGroup, saveDssGroup } from '#lib/server/identity/dss-groups'

const params = z.object({ name: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: group.get_definition()', params, result: dssGroupAnswer },
  (ctx, input) => getDssGroup(ctx, input.params.name),
)

export const PUT = publicApiRoute(
  { summary: 'DSS client: group.set_definition(…)', params, body: dssGroupChange },
  (ctx, input) => saveDssGroup(ctx, input.params.name, input.body),
)

export const DELETE = publicApiRoute({ summary: 'DSS client: group.delete()', params }, (ctx, input) =>
  deleteDssGroup(ctx, input.params.name),
)
