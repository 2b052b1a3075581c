import 'server-only'
import { computeMetricsJob } from '#lib/domain/datasets/metrics'
import { formatQuantity } from '#lib/domain/format'
import { computeMetrics } from '../datasets/metrics/metrics-compute'
import { defineJob } from './job-handler'

export const computeMetricsHandler = defineJob({
  ...computeMetricsJob,
  whenWorkerIsLost: 'retry',
  run: (job, { dataset, ...request }) =>
    computeMetrics(job.ctx, dataset, request, (files) =>
      job.report({ done: files, message: formatQuantity(files, 'file') }),
    ),
})
