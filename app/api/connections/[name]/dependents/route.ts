import { connectionParam } from '#lib/domain/connections/route-params'
import { connectionDependents } from '#lib/domain/connections/who-can-access'
import { listDependents } from '#lib/server/datasets/connections/connection-dependents'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'The datasets that depend on a connection',
    params: connectionParam,
    result: connectionDependents,
  },
  (ctx, { params }) => listDependents(ctx, params.name),
)
