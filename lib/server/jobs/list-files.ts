import 'server-only'
import { listFilesJob } from '#lib/domain/datasets/jobs'
import { sayEstimate } from '#lib/domain/datasets/say-scan'
import { formatQuantity } from '#lib/domain/format'
import { listFiles } from '../datasets/listing/list-files'
import { defineJob } from './job-handler'

export const listFilesHandler = defineJob({
  ...listFilesJob,
  whenWorkerIsLost: 'retry',
  run: (job, request) =>
    listFiles(job.ctx, request, ({ listed, estimate, report }) => {
      job.keepOnCancel(async () => report())
      job.report({
        done: listed,
        message: estimate ? sayEstimate(estimate) : formatQuantity(listed, 'object'),
      })
    }),
})
