import { schemaReport, schemaRequest } from '#lib/domain/datasets/schema-report'
import { readSchema } from '#lib/server/datasets/detection/read-schema'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'The columns of several files together, with the types of their values',
    body: schemaRequest,
    result: schemaReport,
  },
  (ctx, { body }) => readSchema(ctx, body),
)
