import 'server-only'
import { POST } from '../../../../app/api/event-server/events/route'
import { serveRoute } from './serve-route'

serveRoute((request) => POST(request, { params: Promise.resolve({}) }))
