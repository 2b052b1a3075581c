import { z } from 'zod'
import { partitionFiles, partitionFilesRequest } from '#lib/domain/datasets/partitions-wire'
import { listPartitionFiles } from '#lib/server/datasets/listing/partition-files'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'The files of one partition, a page at a time',
    params: z.object({ projectKey: z.string(), name: z.string() }),
    query: partitionFilesRequest,
    result: partitionFiles,
  },
  (ctx, { params, query }) => listPartitionFiles(ctx, params, query),
)
