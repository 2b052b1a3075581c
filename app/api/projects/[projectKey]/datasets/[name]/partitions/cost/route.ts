import * as z from 'zod'
import { datasetListingQuery } from '#lib/domain/datasets/files-wire'
import { scanCost } from '#lib/domain/datasets/scan-cost'
import { tellDatasetScanCost } from '#lib/server/datasets/listing/tell-scan-cost'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary:
      'What listing a dataset’s partitions takes: objects, requests and time, by a look at a few places',
    params: z.object({ projectKey: z.string(), name: z.string() }),
    query: datasetListingQuery,
    result: scanCost,
  },
  (ctx, { params, query }) => tellDatasetScanCost(ctx, params, query.scope),
)
