import pg from 'pg'
import { serve } from './serve'

/** What the intake is measured against: a route that parses its lines and stores them with one INSERT. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 8 })
await pool.query('CREATE TABLE bare_event (seq bigserial PRIMARY KEY, id text, line text)')

serve(async (request) => {
  const lines = (await request.text()).split('\n')
  const ids = lines.map((line) => (JSON.parse(line) as { message: { eventId: string } }).message.eventId)
  const text = 'INSERT INTO bare_event (id, line) SELECT * FROM unnest($1::text[], $2::text[])'
  await pool.query({ name: 'bare', text, values: [ids, lines] })
  return { accepted: lines.length }
})
