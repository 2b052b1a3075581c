import * as z from 'zod'
import { oneTimeLink } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { createResetLink } from '#lib/server/identity/resets'

export const POST = route(
  {
    summary: 'Make a one-time link with which a user sets a new password',
    params: z.object({ userId: z.string() }),
    result: oneTimeLink,
    status: 201,
  },
  (ctx, { params }) => createResetLink(ctx, params.userId),
)
