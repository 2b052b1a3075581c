import * as z from 'zod'
import { route } from '#lib/server/http/route'
import { enableUser } from '#lib/server/identity/user-commands'

export const POST = route(
  { summary: 'Let a disabled user in again', params: z.object({ userId: z.string() }) },
  (ctx, { params }) => enableUser(ctx, params.userId),
)
