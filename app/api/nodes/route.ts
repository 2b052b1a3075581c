import { newNode, nodeList, nodeWithToken } from '#lib/domain/nodes/wire'
import { route } from '#lib/server/http/route'
import { registerNode } from '#lib/server/nodes/commands'
import { listNodes } from '#lib/server/nodes/queries'

export const GET = route({ summary: 'The nodes that send events, and how', result: nodeList }, (ctx) =>
  listNodes(ctx),
)

export const POST = route(
  { summary: 'Register a node; its token is told once', body: newNode, result: nodeWithToken, status: 201 },
  (ctx, { body }) => registerNode(ctx, body),
)
