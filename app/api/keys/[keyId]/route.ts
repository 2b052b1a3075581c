import * as z from 'zod'
import { globalKeyChange } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { revokeKey, saveGlobalKey } from '#lib/server/identity/keys'

const params = z.object({ keyId: z.string() })

export const PATCH = route(
  { summary: 'Rename, describe or regroup a global API key', params, body: globalKeyChange },
  (ctx, input) => saveGlobalKey(ctx, input.params.keyId, input.body),
)

export const DELETE = route({ summary: 'End an API key now', params }, (ctx, input) =>
  revokeKey(ctx, input.params.keyId),
)
