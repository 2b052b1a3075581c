import * as z from 'zod'
import { dssDatasetAnswer, dssDatasetSent, dssObject } from '#lib/domain/public-api/wire'
import { deleteDssDataset, getDssDataset, saveDssDataset } from '#lib/server/datasets/dss/dss-datasets'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })
/** Written without a value it says nothing. */
const query = z.object({
  dropData: z.union([z.literal('').transform(() => false), z.stringbool()]).default(false),
})

export const GET = publicApiRoute(
  { summary: 'DSS client: dataset.get_settings()', params, result: dssDatasetAnswer, keepsJson: true },
  (ctx, input) => getDssDataset(ctx, input.params),
)

export const PUT = publicApiRoute(
  {
    summary: 'DSS client: settings.save()',
    params,
    body: dssObject,
    bodyAsTold: dssDatasetSent,
    keepsJson: true,
  },
  (ctx, input) => saveDssDataset(ctx, input.params, input.body),
)

export const DELETE = publicApiRoute(
  { summary: 'DSS client: dataset.delete(drop_data)', params, query },
  (ctx, input) => deleteDssDataset(ctx, input.params, input.query),
)
