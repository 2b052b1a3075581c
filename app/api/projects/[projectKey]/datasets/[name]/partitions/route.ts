import * as z from 'zod'
import { datasetListingQuery } from '#lib/domain/datasets/files-wire'
import { datasetPartitions } from '#lib/domain/datasets/partitions-wire'
import { getPartitions } from '#lib/server/datasets/listing/listings'
import { startListDatasetPartitions } from '#lib/server/datasets/listing/start-listing'
import { route } from '#lib/server/http/route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const GET = route(
  { summary: 'The latest listing of a dataset’s partitions', params, result: datasetPartitions },
  (ctx, input) => getPartitions(ctx, input.params),
)

export const POST = route(
  {
    summary: 'List the partitions of a dataset anew, as a job',
    params,
    query: datasetListingQuery,
    result: z.object({ jobId: z.string() }),
    status: 202,
  },
  (ctx, input) => startListDatasetPartitions(ctx, input.params, input.query.scope),
)
