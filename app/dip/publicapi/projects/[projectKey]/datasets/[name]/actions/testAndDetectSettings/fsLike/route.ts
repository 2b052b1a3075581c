import * as z from 'zod'
import { dssDetection, dssFuture } from '#lib/domain/public-api/dataset-wire'
import { startDssDetection } from '#lib/server/datasets/dss/dss-detection'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const POST = publicApiRoute(
  { summary: 'DSS client: dataset.autodetect_settings(…)', params, body: dssDetection, result: dssFuture },
  (ctx, input) => startDssDetection(ctx, input.params, input.body),
)
