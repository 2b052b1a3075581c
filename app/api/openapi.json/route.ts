import * as z from 'zod'
import { readOpenApiDocument } from '#lib/server/http/openapi-document'
import { publicRoute } from '#lib/server/http/route'

export const GET = publicRoute(
  { summary: 'This description, as OpenAPI 3.1', result: z.looseObject({ openapi: z.string() }) },
  async () =>
    new Response(await readOpenApiDocument(), {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
    }),
)
