import 'server-only'
import { eventPool } from '../../platform/db/pool'
import { serveRoute } from './serve-route'

/** What the intake is measured against: a route that parses its lines and stores them with one INSERT. */
await eventPool().query(
  'CREATE TABLE IF NOT EXISTS bare_event (seq bigserial PRIMARY KEY, id text, line text)',
)

serveRoute(async (request) => {
  const lines = (await request.text()).split('\n')
  const ids = lines.map((line) => (JSON.parse(line) as { message: { eventId: string } }).message.eventId)
  const text = 'INSERT INTO bare_event (id, line) SELECT * FROM unnest($1::text[], $2::text[])'
  await eventPool().query({ name: 'bare', text, values: [ids, lines] })
  return Response.json({ accepted: lines.length })
})
