import * as z from 'zod'
import { project } from '#lib/domain/projects/wire'
import { route } from '#lib/server/http/route'
import { deleteProject } from '#lib/server/projects/commands'
import { getProject } from '#lib/server/projects/queries'

const params = z.object({ projectKey: z.string() })

export const GET = route({ summary: 'A project with its members', params, result: project }, (ctx, input) =>
  getProject(ctx, input.params.projectKey),
)

export const DELETE = route({ summary: 'Delete a project with its datasets', params }, (ctx, input) =>
  deleteProject(ctx, input.params.projectKey),
)
