import * as z from 'zod'
import { withReason } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { disableUser } from '#lib/server/identity/user-commands'

export const POST = route(
  {
    summary: 'Lock a user out; their sessions end',
    params: z.object({ userId: z.string() }),
    body: withReason,
  },
  (ctx, { params, body }) => disableUser(ctx, params.userId, body.reason),
)
