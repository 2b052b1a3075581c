import * as z from 'zod'
import { datasetRename } from '#lib/domain/datasets/wire'
import { renameDataset } from '#lib/server/datasets/commands'
import { route } from '#lib/server/http/route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const POST = route(
  { summary: 'Give a dataset another name', params, body: datasetRename },
  (ctx, input) => renameDataset(ctx, input.params, input.body.name),
)
