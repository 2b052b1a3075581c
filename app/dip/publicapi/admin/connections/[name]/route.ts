import * as z from 'zod'
import { dssConnection } from '#lib/domain/connections/dss-json'
import { getDssConnection, saveDssConnection } from '#lib/server/connections/dss-connections'
import { removeConnection } from '#lib/server/datasets/connections/connection-removal'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ name: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: connection.get_settings()', params, result: dssConnection, keepsJson: true },
  (ctx, input) => getDssConnection(ctx, input.params.name),
)

export const PUT = publicApiRoute(
  {
    summary: 'DSS client: connection settings.save()',
    params,
    body: dssConnection,
    result: dssConnection,
    keepsJson: true,
  },
  (ctx, input) => saveDssConnection(ctx, input.params.name, input.body),
)

export const DELETE = publicApiRoute({ summary: 'DSS client: connection.delete()', params }, (ctx, input) =>
  removeConnection(ctx, input.params.name, ''),
)
