import * as z from 'zod'
import { dataset, datasetSave } from '#lib/domain/datasets/wire'
import { deleteDataset, saveDataset } from '#lib/server/datasets/commands'
import { getDataset } from '#lib/server/datasets/queries'
import { route } from '#lib/server/http/route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const GET = route(
  { summary: 'A dataset with its definition', params, result: dataset, keepsJson: true },
  (ctx, input) => getDataset(ctx, input.params),
)

export const PUT = route(
  { summary: 'Save a dataset over the version you read', params, body: datasetSave, keepsJson: true },
  (ctx, input) => saveDataset(ctx, input.params, input.body),
)

export const DELETE = route({ summary: 'Delete a dataset; its objects stay', params }, (ctx, input) =>
  deleteDataset(ctx, input.params),
)
