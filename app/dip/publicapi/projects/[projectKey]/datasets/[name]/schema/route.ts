import * as z from 'zod'
import { dssObject, dssSchema } from '#lib/domain/public-api/wire'
import { getDssDataset, saveDssSchema } from '#lib/server/datasets/dss/dss-datasets'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: dataset.get_schema()', params, result: dssSchema, keepsJson: true },
  async (ctx, input) => (await getDssDataset(ctx, input.params)).schema,
)

export const PUT = publicApiRoute(
  {
    summary: 'DSS client: dataset.set_schema(…)',
    params,
    body: dssObject,
    bodyAsTold: dssSchema,
    keepsJson: true,
  },
  (ctx, input) => saveDssSchema(ctx, input.params, input.body),
)
