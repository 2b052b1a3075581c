import 'server-only'
import { computeMetricsJob } from '#lib/domain/datasets/metrics'
import { formatBytes } from '#lib/domain/format'
import { type CountProgress, computeMetrics } from '../datasets/metrics/metrics-compute'
import { defineJob } from './job-handler'

export const computeMetricsHandler = defineJob({
  ...computeMetricsJob,
  whenWorkerIsLost: 'retry',
  run: (job, { dataset, ...request }) =>
    computeMetrics(
      job.ctx,
      dataset,
      request,
      (progress) =>
        job.report({
          done: progress.files,
          total: progress.of?.files ?? null,
          message: sayProgress(progress),
        }),
      job.keepWhile,
    ),
})

/** `"130 MB of 520 MB read"`; the files are counted beside it. */
const sayProgress = ({ bytes, of }: CountProgress) =>
  `${formatBytes(bytes)}${of ? ` of ${formatBytes(of.bytes)}` : ''} read`
