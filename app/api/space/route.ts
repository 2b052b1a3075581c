import { settings, spaceChange } from '#lib/domain/spaces/wire'
import { route } from '#lib/server/http/route'
import { getSettings, saveSpace } from '#lib/server/spaces/settings'

export const GET = route({ summary: 'The space, and what the operator set', result: settings }, (ctx) =>
  getSettings(ctx),
)

export const PATCH = route({ summary: 'Rename the space', body: spaceChange }, (ctx, { body }) =>
  saveSpace(ctx, body),
)
