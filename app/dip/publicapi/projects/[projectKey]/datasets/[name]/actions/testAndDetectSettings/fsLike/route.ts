import * as z from 'zod'
import { dssDetection, dssFuture } from '#lib/domain/public-api/dataset-wire'
import { getFuture } from '#lib/server/datasets/futures'
import { startTestAndDetect } from '#lib/server/datasets/test-and-detect'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const POST = publicApiRoute(
  { summary: 'DSS client: dataset.autodetect_settings(…)', params, body: dssDetection, result: dssFuture },
  async (ctx, input) => {
    const { jobId } = await startTestAndDetect(ctx, input.params, input.body.inferStorageTypes)
    return getFuture(ctx, jobId, false)
  },
)
