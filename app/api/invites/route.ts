import { inviteInput, invites, oneTimeLink } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { inviteUser, listInvites } from '#lib/server/identity/invites'

export const GET = route({ summary: 'Invitations that wait', result: invites }, (ctx) => listInvites(ctx))

export const POST = route(
  {
    summary: 'Make a one-time link for someone to join',
    body: inviteInput,
    result: oneTimeLink,
    status: 201,
  },
  (ctx, { body }) => inviteUser(ctx, body),
)
