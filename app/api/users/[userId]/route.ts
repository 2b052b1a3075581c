import * as z from 'zod'
import { user, userChange } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { saveUser } from '#lib/server/identity/user-commands'
import { getUser } from '#lib/server/identity/user-queries'

const params = z.object({ userId: z.string() })

export const GET = route({ summary: 'One user', params, result: user }, (ctx, { params: { userId } }) =>
  getUser(ctx, userId),
)

export const PATCH = route(
  { summary: 'Change the name, the e-mail address or the groups of a user', params, body: userChange },
  (ctx, { params: { userId }, body }) => saveUser(ctx, userId, body),
)
