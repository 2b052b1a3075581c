import * as z from 'zod'
import { getDssConnectionInfo } from '#lib/server/connections/dss-connection-info'
import { publicApiRoute } from '#lib/server/http/public-api-route'

export const GET = publicApiRoute(
  {
    summary: 'DSS client: connection.get_info(), for whom "Details readable by" names',
    params: z.object({ name: z.string() }),
    query: z.looseObject({}),
    result: z.object({
      name: z.string(),
      type: z.string(),
      credentialsMode: z.string(),
      params: z.looseObject({}),
      resolvedParams: z.looseObject({}),
      resolvedAWSCredential: z
        .object({ accessKey: z.string(), secretKey: z.string(), sessionToken: z.string() })
        .optional(),
    }),
  },
  (ctx, input) => getDssConnectionInfo(ctx, input.params.name),
)
