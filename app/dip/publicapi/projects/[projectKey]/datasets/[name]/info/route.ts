import * as z from 'zod'
import { dssObject } from '#lib/domain/public-api/wire'
import { getDssInfo } from '#lib/server/datasets/dss/dss-datasets'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: dataset.get_info()', params, result: dssObject },
  (ctx, input) => getDssInfo(ctx, input.params),
)
