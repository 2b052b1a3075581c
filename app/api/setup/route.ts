import * as z from 'zod'
import { setupInput } from '#lib/domain/identity/gate-wire'
import { Answer } from '#lib/server/http/declare'
import { publicRoute } from '#lib/server/http/route'
import { createSpace } from '#lib/server/identity/create-space'

export const POST = publicRoute(
  {
    summary: 'Create the space and its first administrator with the one-time setup token',
    body: setupInput,
    result: z.object({ home: z.string() }),
    status: 201,
  },
  async (ctx, { body }) => {
    const { home, headers } = await createSpace(ctx, body)
    return new Answer({ home }, headers)
  },
)
