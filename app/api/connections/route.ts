import * as z from 'zod'
import { connectionCreation, connectionList } from '#lib/domain/connections/wire'
import { createConnection } from '#lib/server/connections/commands'
import { listConnections } from '#lib/server/connections/queries'
import { route } from '#lib/server/http/route'

export const GET = route(
  { summary: 'The connections of the space as the caller may see them', result: connectionList },
  (ctx) => listConnections(ctx),
)

export const POST = route(
  {
    summary: 'Make a connection of one’s own',
    body: connectionCreation,
    result: z.object({ name: z.string() }),
    status: 201,
  },
  (ctx, { body }) => createConnection(ctx, body),
)
