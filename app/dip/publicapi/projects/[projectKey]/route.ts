import * as z from 'zod'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { deleteProject } from '#lib/server/projects/commands'

/** Clients wait for a future; this one has its result at once. */
const done = z.object({ hasResult: z.literal(true), alive: z.literal(false), result: z.object({}) })

export const DELETE = publicApiRoute(
  {
    summary: 'DSS client: project.delete(); objects in buckets stay',
    params: z.object({ projectKey: z.string() }),
    result: done,
  },
  async (ctx, input) => {
    await deleteProject(ctx, input.params.projectKey)
    return { hasResult: true, alive: false, result: {} } as const
  },
)
