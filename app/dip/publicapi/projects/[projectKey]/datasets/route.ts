import * as z from 'zod'
import { dssDatasetAnswer, dssDatasetMade, dssObject } from '#lib/domain/public-api/wire'
import { createDssDataset, listDssDatasets } from '#lib/server/datasets/dss/dss-datasets'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string() })

export const GET = publicApiRoute(
  {
    summary: 'DSS client: project.list_datasets()',
    params,
    result: z.array(dssDatasetAnswer),
    keepsJson: true,
  },
  (ctx, input) => listDssDatasets(ctx, input.params.projectKey),
)

export const POST = publicApiRoute(
  {
    summary: 'DSS client: project.create_dataset(…)',
    params,
    body: dssObject,
    bodyAsTold: dssDatasetMade,
    result: dssDatasetAnswer,
    keepsJson: true,
  },
  (ctx, input) => createDssDataset(ctx, input.params.projectKey, input.body),
)
