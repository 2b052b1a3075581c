import { users, usersQuery } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { listUsers } from '#lib/server/identity/user-queries'

export const GET = route(
  { summary: 'The users of the space; at most 200, a search narrows', query: usersQuery, result: users },
  (ctx, { query }) => listUsers(ctx, query.search),
)
