import * as z from 'zod'
import { renameDataset } from '#lib/server/datasets/commands'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { inSentNames } from '#lib/server/platform/in-sent-names'

const params = z.object({ projectKey: z.string() })
const body = z.looseObject({ oldName: z.string(), newName: z.string().max(200) })

export const POST = publicApiRoute(
  { summary: 'DSS client: dataset.rename(…)', params, body },
  (ctx, { params: { projectKey }, body: { oldName, newName } }) =>
    renameDataset(ctx, { projectKey, name: oldName }, newName).catch(inSentNames({ name: 'newName' })),
)
