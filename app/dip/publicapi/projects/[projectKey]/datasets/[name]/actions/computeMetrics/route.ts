import * as z from 'zod'
import { dssFuture, dssMetricsRequest } from '#lib/domain/public-api/dataset-wire'
import { computeDssMetrics } from '#lib/server/datasets/dss/dss-metrics'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })
const query = z.object({ partition: z.string().max(2_000).default('') })

export const POST = publicApiRoute(
  {
    summary: 'DSS client: dataset.compute_metrics(partition)',
    params,
    query,
    body: dssMetricsRequest,
    result: dssFuture,
  },
  (ctx, input) => computeDssMetrics(ctx, input.params, input.query.partition, input.body),
)
