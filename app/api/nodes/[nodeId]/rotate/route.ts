import * as z from 'zod'
import { nodeWithToken } from '#lib/domain/nodes/wire'
import { route } from '#lib/server/http/route'
import { rotateNodeToken } from '#lib/server/nodes/commands'

export const POST = route(
  {
    summary: 'Give a node a new token; the old one ends',
    params: z.object({ nodeId: z.string() }),
    result: nodeWithToken,
  },
  (ctx, { params }) => rotateNodeToken(ctx, params.nodeId),
)
