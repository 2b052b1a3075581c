import * as z from 'zod'
import { projectMembersChange } from '#lib/domain/projects/wire'
import { route } from '#lib/server/http/route'
import { saveProjectMembers } from '#lib/server/projects/members'

export const PUT = route(
  {
    summary: 'Set who may read, write and administer a project',
    params: z.object({ projectKey: z.string() }),
    body: projectMembersChange,
  },
  (ctx, { params, body }) => saveProjectMembers(ctx, params.projectKey, body),
)
