import * as z from 'zod'
import { connectionDependents } from '#lib/domain/connections/who-can-access'
import { listExtensionDependents } from '#lib/server/extensions/queries'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'Every dataset, project and owner that removing the connection of an extension concerns',
    params: z.object({ key: z.string() }),
    result: connectionDependents,
  },
  (ctx, { params }) => listExtensionDependents(ctx, params.key),
)
