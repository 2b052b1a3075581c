import { scanCostRequest } from '#lib/domain/datasets/files-wire'
import { scanCost } from '#lib/domain/datasets/scan-cost'
import { tellScanCost } from '#lib/server/datasets/listing/tell-scan-cost'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'What listing files or partitions takes: objects, requests and time, by a look at a few places',
    body: scanCostRequest,
    result: scanCost,
  },
  (ctx, { body }) => tellScanCost(ctx, body),
)
