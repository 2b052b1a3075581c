import * as z from 'zod'
import { datasetMetrics, metricsQueryInput, metricsRequest } from '#lib/domain/datasets/metrics'
import { getMetrics, startComputeMetrics } from '#lib/server/datasets/metrics/metrics'
import { route } from '#lib/server/http/route'

const params = z.object({ projectKey: z.string(), name: z.string() })

export const GET = route(
  {
    summary: 'The last metrics of a dataset, as a whole and by partition, page by page',
    params,
    query: metricsQueryInput,
    result: datasetMetrics,
  },
  (ctx, input) => getMetrics(ctx, input.params, input.query),
)

export const POST = route(
  {
    summary: 'Compute metrics of a dataset or of one partition, as a job',
    params,
    body: metricsRequest,
    result: z.object({ jobId: z.string() }),
    status: 202,
  },
  (ctx, input) => startComputeMetrics(ctx, input.params, input.body),
)
