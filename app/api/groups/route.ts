import { group, groupInput, groups } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { createGroup } from '#lib/server/identity/group-commands'
import { listGroups } from '#lib/server/identity/group-queries'

export const GET = route({ summary: 'The groups of the space', result: groups }, (ctx) => listGroups(ctx))

export const POST = route(
  { summary: 'Create a group', body: groupInput, result: group, status: 201 },
  (ctx, { body }) => createGroup(ctx, body),
)
