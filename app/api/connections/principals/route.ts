import * as z from 'zod'
import { principalList } from '#lib/domain/connections/wire'
import { searchPrincipals } from '#lib/server/connections/principals'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'Groups and people to add to a connection',
    query: z.object({ q: z.string().max(200).default('') }),
    result: principalList,
  },
  (ctx, { query }) => searchPrincipals(ctx, query.q),
)
