import * as z from 'zod'
import { dssSchemaAnswer, dssSchemaSent, dssSchemaSentAsTold } from '#lib/domain/public-api/wire'
import { getDssSchema, saveDssSchema } from '#lib/server/datasets/dss/dss-schema'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: dataset.get_schema()', params, result: dssSchemaAnswer, keepsJson: true },
  (ctx, input) => getDssSchema(ctx, input.params),
)

export const PUT = publicApiRoute(
  {
    summary: 'DSS client: dataset.set_schema(…)',
    params,
    body: dssSchemaSent,
    bodyAsTold: dssSchemaSentAsTold,
    keepsJson: true,
  },
  (ctx, input) => saveDssSchema(ctx, input.params, input.body),
)
