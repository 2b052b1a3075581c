import * as z from 'zod'
import { listPartitionIds } from '#lib/server/datasets/listing/partition-ids'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: dataset.list_partitions()', params, result: z.array(z.string()) },
  (ctx, input) => listPartitionIds(ctx, input.params),
)
