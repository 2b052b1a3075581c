import * as z from 'zod'
import { projectCreation, projectList } from '#lib/domain/projects/wire'
import { route } from '#lib/server/http/route'
import { createProject } from '#lib/server/projects/commands'
import { listProjects } from '#lib/server/projects/queries'

export const GET = route({ summary: 'The projects you may read', result: projectList }, (ctx) =>
  listProjects(ctx),
)

export const POST = route(
  { summary: 'Make a project', body: projectCreation, result: z.object({ key: z.string() }), status: 201 },
  (ctx, { body }) => createProject(ctx, body),
)
