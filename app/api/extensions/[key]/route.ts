import * as z from 'zod'
import { extension } from '#lib/domain/extensions/wire'
import { getExtension } from '#lib/server/extensions/queries'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'An extension with the steps of its activation',
    params: z.object({ key: z.string() }),
    result: extension,
  },
  (ctx, { params }) => getExtension(ctx, params.key),
)
