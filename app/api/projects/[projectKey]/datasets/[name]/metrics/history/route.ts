import * as z from 'zod'
import { metricsHistory, metricsHistoryQuery } from '#lib/domain/datasets/metrics'
import { getMetricsHistory } from '#lib/server/datasets/metrics/metrics'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'The metrics computed of a dataset or of one partition so far, newest first',
    params: z.object({ projectKey: z.string(), name: z.string() }),
    query: metricsHistoryQuery,
    result: metricsHistory,
  },
  (ctx, { params, query }) => getMetricsHistory(ctx, params, query),
)
