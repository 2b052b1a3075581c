import * as z from 'zod'
import { dssObject } from '#lib/domain/public-api/wire'
import { getDssDataset } from '#lib/server/datasets/dss/dss-datasets'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const GET = publicApiRoute(
  {
    summary: 'DSS client: dataset.get_usages(); nothing here is made of a dataset',
    params,
    result: z.array(dssObject),
  },
  async (ctx, input) => {
    await getDssDataset(ctx, input.params)
    return []
  },
)
