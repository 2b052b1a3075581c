import { overview } from '#lib/domain/overview/wire'
import { route } from '#lib/server/http/route'
import { getOverview } from '#lib/server/overview/queries'

export const GET = route(
  { summary: 'What is delivered, what waits and what needs someone', result: overview },
  (ctx) => getOverview(ctx),
)
