import { apiKeys, newApiKey, personalKeyInput } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { createPersonalKey, listOwnKeys } from '#lib/server/identity/keys'

export const GET = route({ summary: "One's own API keys", result: apiKeys }, (ctx) => listOwnKeys(ctx))

export const POST = route(
  {
    summary: "Make an API key with one's own live rights; shown once",
    body: personalKeyInput,
    result: newApiKey,
    status: 201,
  },
  (ctx, { body }) => createPersonalKey(ctx, body),
)
