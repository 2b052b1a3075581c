import * as z from 'zod'
import { datasetCreation, datasetList } from '#lib/domain/datasets/wire'
import { createDataset } from '#lib/server/datasets/commands'
import { listDatasets } from '#lib/server/datasets/queries'
import { route } from '#lib/server/http/route'

const params = z.object({ projectKey: z.string() })

export const GET = route(
  { summary: 'The datasets of a project', params, result: datasetList },
  (ctx, input) => listDatasets(ctx, input.params.projectKey),
)

export const POST = route(
  {
    summary: 'Create a dataset',
    params,
    body: datasetCreation,
    result: z.object({ name: z.string() }),
    status: 201,
    keepsJson: true,
  },
  (ctx, input) => createDataset(ctx, input.params.projectKey, input.body),
)
