import { connectionParam } from '#lib/domain/connections/route-params'
import { connectionPermissions, permissionsChange } from '#lib/domain/connections/wire'
import { getPermissions, savePermissions } from '#lib/server/connections/permissions'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'Who may use a connection and read its details',
    params: connectionParam,
    result: connectionPermissions,
  },
  (ctx, { params }) => getPermissions(ctx, params.name),
)

export const PUT = route(
  {
    summary: 'Replace the permissions of a connection; 409 shows base, theirs and yours',
    params: connectionParam,
    body: permissionsChange,
    result: connectionPermissions,
  },
  (ctx, { params, body }) => savePermissions(ctx, params.name, body),
)
