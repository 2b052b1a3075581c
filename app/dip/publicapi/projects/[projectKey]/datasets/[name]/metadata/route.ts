import * as z from 'zod'
import { dssMetadata, dssMetadataInput } from '#lib/domain/public-api/dataset-wire'
import { getDssMetadata, saveDssMetadata } from '#lib/server/datasets/dss/dss-metadata'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const GET = publicApiRoute(
  {
    summary: 'DSS client: dataset.get_metadata() and dataset.exists()',
    params,
    result: dssMetadata,
    keepsJson: true,
  },
  (ctx, input) => getDssMetadata(ctx, input.params),
)

export const PUT = publicApiRoute(
  {
    summary: 'DSS client: dataset.set_metadata(…)',
    params,
    body: dssMetadataInput,
    result: dssMetadata,
    keepsJson: true,
  },
  async (ctx, input) => {
    await saveDssMetadata(ctx, input.params, input.body)
    return getDssMetadata(ctx, input.params)
  },
)
