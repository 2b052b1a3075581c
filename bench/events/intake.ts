import { receiveEvents } from '#lib/server/nodes/receive-events'
import { serve } from './serve'

serve((request) =>
  receiveEvents(request, {
    requestId: 'bench',
    originAddress: '127.0.0.1',
    via: 'api',
    call: 'POST /api/event-server/events',
    startedAt: new Date(),
  }),
)
