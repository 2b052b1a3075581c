import * as z from 'zod'
import { apiKeys, newApiKey, projectKeyInput } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { createProjectKey, listProjectKeys } from '#lib/server/projects/project-keys'

const params = z.object({ projectKey: z.string() })

export const GET = route({ summary: 'The API keys of a project', params, result: apiKeys }, (ctx, input) =>
  listProjectKeys(ctx, input.params.projectKey),
)

export const POST = route(
  {
    summary: 'Make an API key that opens this project alone; shown once',
    params,
    body: projectKeyInput,
    result: newApiKey,
    status: 201,
  },
  (ctx, { params: { projectKey }, body }) => createProjectKey(ctx, projectKey, body),
)
