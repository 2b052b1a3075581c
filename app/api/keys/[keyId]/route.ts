import * as z from 'zod'
import { route } from '#lib/server/http/route'
import { revokeKey } from '#lib/server/identity/keys'

export const DELETE = route(
  { summary: 'End an API key now', params: z.object({ keyId: z.string() }) },
  (ctx, { params }) => revokeKey(ctx, params.keyId),
)
