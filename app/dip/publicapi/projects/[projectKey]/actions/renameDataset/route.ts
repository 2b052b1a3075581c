import * as z from 'zod'
import { renameDssDataset } from '#lib/server/datasets/dss/dss-rename'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string() })
const body = z.looseObject({ oldName: z.string(), newName: z.string().max(200) })

export const POST = publicApiRoute({ summary: 'DSS client: dataset.rename(…)', params, body }, (ctx, input) =>
  renameDssDataset(ctx, input.params.projectKey, input.body),
)
