import * as z from 'zod'
import { sample, sampleRequest } from '#lib/domain/datasets/sample-wire'
import { readSample } from '#lib/server/datasets/sampling/read-sample'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'A labelled sample of a dataset’s records',
    params: z.object({ projectKey: z.string(), name: z.string() }),
    query: sampleRequest,
    result: sample,
  },
  (ctx, { params, query }) => readSample(ctx, params, query),
)
