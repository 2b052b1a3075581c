import * as z from 'zod'
import { groupChange, groupDetails, withReason } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { deleteGroup, saveGroup } from '#lib/server/identity/group-commands'
import { getGroup } from '#lib/server/identity/group-queries'

const params = z.object({ groupId: z.string() })

export const GET = route(
  { summary: 'A group with its members', params, result: groupDetails },
  (ctx, { params: { groupId } }) => getGroup(ctx, groupId),
)

export const PATCH = route(
  { summary: 'Rename or describe a group', params, body: groupChange },
  (ctx, { params: { groupId }, body }) => saveGroup(ctx, groupId, body),
)

export const DELETE = route(
  { summary: 'Delete a group; built-in ones stay', params, body: withReason },
  (ctx, { params: { groupId }, body }) => deleteGroup(ctx, groupId, body.reason),
)
