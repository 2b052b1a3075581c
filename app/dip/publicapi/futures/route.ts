import * as z from 'zod'
import { dssFuture } from '#lib/domain/public-api/dataset-wire'
import { listFutures } from '#lib/server/datasets/dss/futures'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const query = z.looseObject({
  allUsers: z.stringbool().default(false),
  withNotScenarios: z.stringbool().default(true),
})

export const GET = publicApiRoute(
  { summary: 'DSS client: client.list_futures(all_users)', query, result: z.array(dssFuture) },
  (ctx, input) => listFutures(ctx, input.query),
)
