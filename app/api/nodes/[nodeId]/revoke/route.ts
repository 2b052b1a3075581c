import * as z from 'zod'
import { node } from '#lib/domain/nodes/wire'
import { route } from '#lib/server/http/route'
import { revokeNode } from '#lib/server/nodes/commands'

export const POST = route(
  {
    summary: 'End the token of a node for good',
    params: z.object({ nodeId: z.string() }),
    result: node,
  },
  (ctx, { params }) => revokeNode(ctx, params.nodeId),
)
