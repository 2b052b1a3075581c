import * as z from 'zod'
import { withReason } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { removeMember } from '#lib/server/identity/group-commands'

export const DELETE = route(
  {
    summary: 'Take a person out of a group',
    params: z.object({ groupId: z.string(), userId: z.string() }),
    body: withReason,
  },
  (ctx, { params, body }) => removeMember(ctx, params.groupId, params.userId, body.reason),
)
