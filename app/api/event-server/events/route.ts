import { intakeReceipt } from '#lib/domain/nodes/wire'
import { publicRoute } from '#lib/server/http/route'
import { receiveEvents } from '#lib/server/nodes/receive-events'

export const POST = publicRoute(
  {
    summary:
      'Take audit events of a node: NDJSON or a JSON array, gzip allowed; answered once they are durable',
    audience: 'node',
    consumes: ['application/x-ndjson'],
    result: intakeReceipt,
  },
  (ctx, { request }) => receiveEvents(request, ctx),
)
