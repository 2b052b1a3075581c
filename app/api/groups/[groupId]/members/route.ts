import * as z from 'zod'
import { membersInput } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { addMembers } from '#lib/server/identity/group-commands'

export const POST = route(
  { summary: 'Add people to a group', params: z.object({ groupId: z.string() }), body: membersInput },
  (ctx, { params, body }) => addMembers(ctx, params.groupId, body),
)
