import { directory } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { listDirectory } from '#lib/server/identity/user-queries'

export const GET = route({ summary: 'Groups and people by name', result: directory }, (ctx) =>
  listDirectory(ctx),
)
