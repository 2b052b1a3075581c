import * as z from 'zod'
import { connectionParam } from '#lib/domain/connections/route-params'
import { connectionChange, connectionDetail, connectionRemoval } from '#lib/domain/connections/wire'
import { saveConnection } from '#lib/server/connections/commands'
import { getConnection } from '#lib/server/connections/queries'
import { removeConnection } from '#lib/server/datasets/connections/connection-removal'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'A connection, as much of it as the caller may know',
    params: connectionParam,
    result: connectionDetail,
  },
  (ctx, { params }) => getConnection(ctx, params.name),
)

export const PUT = route(
  {
    summary: 'Save the settings of a connection',
    params: connectionParam,
    body: connectionChange,
    result: z.object({ version: z.number().int(), secretVoided: z.boolean() }),
  },
  (ctx, { params, body }) => saveConnection(ctx, params.name, body),
)

export const DELETE = route(
  { summary: 'Remove a connection of one’s own', params: connectionParam, body: connectionRemoval },
  (ctx, { params, body }) => removeConnection(ctx, params.name, body.reason),
)
