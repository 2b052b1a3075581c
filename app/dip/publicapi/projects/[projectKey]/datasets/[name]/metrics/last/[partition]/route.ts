import * as z from 'zod'
import { dssLastMetrics } from '#lib/domain/public-api/dataset-wire'
import { getDssMetrics } from '#lib/server/datasets/dss/dss-metrics'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string(), partition: z.string().max(2_000) })

export const GET = publicApiRoute(
  { summary: 'DSS client: dataset.get_last_metric_values(partition)', params, result: dssLastMetrics },
  (ctx, { params: { partition, ...ref } }) => getDssMetrics(ctx, ref, partition),
)
