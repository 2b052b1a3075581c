import * as z from 'zod'
import { activation, extension } from '#lib/domain/extensions/wire'
import { activateExtension } from '#lib/server/extensions/commands'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'Start an activation, or try a failed one again; asked twice, there is one',
    params: z.object({ key: z.string() }),
    body: activation,
    result: extension,
    status: 202,
  },
  (ctx, { params, body }) => activateExtension(ctx, params.key, body),
)
