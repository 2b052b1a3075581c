import { permissionEffects } from '#lib/domain/connections/effects'
import { permissionState } from '#lib/domain/connections/permissions'
import { connectionParam } from '#lib/domain/connections/route-params'
import { previewPermissions } from '#lib/server/datasets/connections/connection-permissions'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'Count what saving permissions would change',
    params: connectionParam,
    body: permissionState,
    result: permissionEffects,
  },
  (ctx, { params, body }) => previewPermissions(ctx, params.name, body),
)
