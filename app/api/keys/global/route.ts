import { apiKeys, globalKeyInput, newApiKey } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { createGlobalKey, listGlobalKeys } from '#lib/server/identity/keys'

export const GET = route({ summary: 'The global API keys of the space', result: apiKeys }, (ctx) =>
  listGlobalKeys(ctx),
)

export const POST = route(
  {
    summary: 'Make an API key with the rights of groups, or of administrators; shown once',
    body: globalKeyInput,
    result: newApiKey,
    status: 201,
  },
  (ctx, { body }) => createGlobalKey(ctx, body),
)
