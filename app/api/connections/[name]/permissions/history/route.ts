import { connectionParam } from '#lib/domain/connections/route-params'
import { permissionsHistory } from '#lib/domain/connections/wire'
import { listPermissionsHistory } from '#lib/server/connections/permissions-history'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'Who changed the permissions of a connection, when and why',
    params: connectionParam,
    result: permissionsHistory,
  },
  (ctx, { params }) => listPermissionsHistory(ctx, params.name),
)
