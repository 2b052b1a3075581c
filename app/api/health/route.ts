import * as z from 'zod'
import { type Health, health } from '#lib/domain/spaces/wire'
import { publicRoute } from '#lib/server/http/route'
import { checkHealth } from '#lib/server/overview/health'

const answer = (body: Health) =>
  Response.json(health.parse(body), {
    status: body.status === 'not-ready' ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  })

export const GET = publicRoute(
  {
    summary:
      'Ready: database, object store and worker answer (503 when not). With ?live: this process answers',
    query: z.object({ live: z.string().optional() }),
    result: health,
  },
  async (_, { query }) => answer(query.live === undefined ? await checkHealth() : { status: 'live' }),
)
