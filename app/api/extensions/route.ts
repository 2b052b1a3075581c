import { extensionList } from '#lib/domain/extensions/wire'
import { listExtensions } from '#lib/server/extensions/queries'
import { route } from '#lib/server/http/route'

export const GET = route(
  { summary: 'The catalogue of extensions with their states', result: extensionList },
  (ctx) => listExtensions(ctx),
)
