import * as z from 'zod'
import { projectOwnerChange } from '#lib/domain/projects/wire'
import { route } from '#lib/server/http/route'
import { handOverProject } from '#lib/server/projects/hand-over'

export const PUT = route(
  {
    summary: 'Hand a project over to another person, who then administers it',
    params: z.object({ projectKey: z.string() }),
    body: projectOwnerChange,
  },
  (ctx, { params, body }) => handOverProject(ctx, params.projectKey, body),
)
