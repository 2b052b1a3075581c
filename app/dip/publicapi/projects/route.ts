import * as z from 'zod'
import { dssProjectItem } from '#lib/domain/public-api/wire'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { createDssProject, dssProjectCreation, listDssProjects } from '#lib/server/projects/dss-projects'

export const GET = publicApiRoute(
  { summary: 'DSS client: list_projects()', result: z.array(dssProjectItem) },
  (ctx) => listDssProjects(ctx),
)

export const POST = publicApiRoute(
  {
    summary: 'DSS client: create_project(…)',
    body: dssProjectCreation,
    keepsJson: true,
    result: z.object({ projectKey: z.string() }),
  },
  (ctx, { body }) => createDssProject(ctx, body),
)
