import * as z from 'zod'
import { dssPermissions } from '#lib/domain/projects/dss-permissions'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { getDssPermissions, saveDssPermissions } from '#lib/server/projects/dss-permissions'

const params = z.object({ projectKey: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: project.get_permissions()', params, result: dssPermissions, keepsJson: true },
  (ctx, input) => getDssPermissions(ctx, input.params.projectKey),
)

export const PUT = publicApiRoute(
  { summary: 'DSS client: project.set_permissions(…)', params, body: dssPermissions, keepsJson: true },
  (ctx, input) => saveDssPermissions(ctx, input.params.projectKey, input.body),
)
