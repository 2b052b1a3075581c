import * as z from 'zod'
import { dssConnection } from '#lib/domain/connections/dss-json'
import { createDssConnection, listDssConnections } from '#lib/server/connections/dss-connections'
import { publicApiRoute } from '#lib/server/http/public-api-route'

export const GET = publicApiRoute(
  {
    summary: 'DSS client: list_connections(), by name',
    result: z.record(z.string(), dssConnection),
    keepsJson: true,
  },
  (ctx) => listDssConnections(ctx),
)

export const POST = publicApiRoute(
  {
    summary: 'DSS client: create_connection(…)',
    body: dssConnection,
    keepsJson: true,
    result: z.object({ name: z.string() }),
  },
  (ctx, input) => createDssConnection(ctx, input.body),
)
