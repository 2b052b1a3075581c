import * as z from 'zod'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { deleteProject } from '#lib/server/projects/commands'

export const DELETE = publicApiRoute(
  {
    summary: 'DSS client: project.delete(); objects in buckets stay',
    params: z.object({ projectKey: z.string() }),
  },
  (ctx, input) => deleteProject(ctx, input.params.projectKey),
)
