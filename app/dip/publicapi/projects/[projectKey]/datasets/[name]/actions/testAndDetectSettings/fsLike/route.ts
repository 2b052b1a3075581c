import * as z from 'zod'
import { dssDetection, dssFuture } from '#lib/domain/public-api/dataset-wire'
import { startTestAndDetect } from '#lib/server/datasets/detection/test-and-detect'
import { getFuture } from '#lib/server/datasets/dss/futures'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const POST = publicApiRoute(
  { summary: 'DSS client: dataset.autodetect_settings(…)', params, body: dssDetection, result: dssFuture },
  async (ctx, input) => {
    const { jobId } = await startTestAndDetect(ctx, input.params, input.body.inferStorageTypes)
    return getFuture(ctx, jobId, false)
  },
)
