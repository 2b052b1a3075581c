import * as z from 'zod'
import { inviteAcceptance } from '#lib/domain/identity/gate-wire'
import { Answer } from '#lib/server/http/declare'
import { publicRoute } from '#lib/server/http/route'
import { acceptInvite } from '#lib/server/identity/accept-invite'

export const POST = publicRoute(
  {
    summary: 'Accept an invitation; the answer signs the new user in',
    body: inviteAcceptance,
    result: z.object({ home: z.string() }),
    status: 201,
  },
  async (ctx, { body }) => {
    const { home, headers } = await acceptInvite(ctx, body)
    return new Answer({ home }, headers)
  },
)
