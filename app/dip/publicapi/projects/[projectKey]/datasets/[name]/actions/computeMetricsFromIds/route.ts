import * as z from 'zod'
import { metricsRequest } from '#lib/domain/datasets/metrics'
import { dssFuture } from '#lib/domain/public-api/dataset-wire'
import { computeDssMetrics } from '#lib/server/datasets/dss/dss-metrics'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string(), name: z.string() })
const query = z.object({ partition: z.string().max(2_000).default('') })
const body = z.looseObject({ metricIds: metricsRequest.shape.metricIds })

export const POST = publicApiRoute(
  {
    summary: 'DSS client: dataset.compute_metrics(partition, metric_ids)',
    params,
    query,
    body,
    result: dssFuture,
  },
  (ctx, input) => computeDssMetrics(ctx, input.params, input.query.partition, input.body.metricIds),
)
