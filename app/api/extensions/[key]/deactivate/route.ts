import * as z from 'zod'
import { deactivation, extension } from '#lib/domain/extensions/wire'
import { deactivateExtension } from '#lib/server/extensions/commands'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'Deliver what is recorded so far, then stop; logs already delivered are never deleted',
    params: z.object({ key: z.string() }),
    body: deactivation,
    result: extension,
    status: 202,
  },
  (ctx, { params, body }) => deactivateExtension(ctx, params.key, body),
)
