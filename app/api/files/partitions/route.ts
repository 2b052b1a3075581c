import * as z from 'zod'
import { partitionsRequest } from '#lib/domain/datasets/partitions-wire'
import { startListPartitions } from '#lib/server/datasets/listing/start-listing'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'List the partitions of settings that are not saved, as a job',
    body: partitionsRequest,
    result: z.object({ jobId: z.string() }),
    status: 202,
  },
  (ctx, { body }) => startListPartitions(ctx, body),
)
