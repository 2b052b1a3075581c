import * as z from 'zod'
import { route } from '#lib/server/http/route'
import { revokeInvite } from '#lib/server/identity/invites'

export const DELETE = route(
  { summary: 'Withdraw an invitation', params: z.object({ inviteId: z.string() }) },
  (ctx, { params }) => revokeInvite(ctx, params.inviteId),
)
