import 'server-only'
import { listFilesJob } from '#lib/domain/datasets/jobs'
import { formatQuantity } from '#lib/domain/format'
import { listFiles } from '../datasets/list-files'
import { defineJob } from './job-handler'

export const listFilesHandler = defineJob({
  ...listFilesJob,
  whenWorkerIsLost: 'retry',
  run: (job, request) =>
    listFiles(job.ctx, request, (listed) =>
      job.report({ done: listed, message: formatQuantity(listed, 'object') }),
    ),
})
