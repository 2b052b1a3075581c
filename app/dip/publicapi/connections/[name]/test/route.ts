import * as z from 'zod'
import { testStep } from '#lib/domain/connections/test-result'
import { testDssConnection } from '#lib/server/connections/dss-connection-info'
import { publicApiRoute } from '#lib/server/http/public-api-route'

export const GET = publicApiRoute(
  {
    summary: 'DSS client: connection.test()',
    params: z.object({ name: z.string() }),
    result: z.object({
      connectionOK: z.boolean(),
      message: z.string(),
      connectionErrorMsg: z.string().optional(),
      durationMs: z.number(),
      steps: z.array(testStep),
    }),
  },
  (ctx, input) => testDssConnection(ctx, input.params.name),
)
