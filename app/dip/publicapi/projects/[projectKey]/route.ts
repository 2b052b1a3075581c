import * as z from 'zod'
import { dssProjectItem } from '#lib/domain/public-api/wire'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { deleteProject } from '#lib/server/projects/commands'
import { getDssProject } from '#lib/server/projects/dss-projects'

/** Clients wait for a future; this one has its result at once. */
const done = z.object({ hasResult: z.literal(true), alive: z.literal(false), result: z.object({}) })

const params = z.object({ projectKey: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: project.get_summary()', params, result: dssProjectItem },
  (ctx, input) => getDssProject(ctx, input.params.projectKey),
)

export const DELETE = publicApiRoute(
  {
    summary: 'DSS client: project.delete(); objects in buckets stay',
    params,
    result: done,
  },
  async (ctx, input) => {
    await deleteProject(ctx, input.params.projectKey)
    return { hasResult: true, alive: false, result: {} } as const
  },
)
