import { z } from 'zod'
import { projectPrincipals } from '#lib/domain/projects/wire'
import { route } from '#lib/server/http/route'
import { searchProjectPrincipals } from '#lib/server/projects/principals'

export const GET = route(
  {
    summary: 'Groups and people to add to a project',
    params: z.object({ projectKey: z.string() }),
    query: z.object({ q: z.string().max(200).default('') }),
    result: projectPrincipals,
  },
  (ctx, { params, query }) => searchProjectPrincipals(ctx, params.projectKey, query.q),
)
