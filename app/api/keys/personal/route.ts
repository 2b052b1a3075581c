import { apiKeys } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { listPersonalKeys } from '#lib/server/identity/keys'

export const GET = route({ summary: "Everyone's personal API keys", result: apiKeys }, (ctx) =>
  listPersonalKeys(ctx),
)
