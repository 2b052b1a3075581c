import 'server-only'
import { testAndDetectJob } from '#lib/domain/datasets/detect-job'
import { testAndDetect } from '../datasets/detection/test-and-detect'
import { defineJob } from './job-handler'

export const testAndDetectHandler = defineJob({
  ...testAndDetectJob,
  whenWorkerIsLost: 'retry',
  run: (job, payload) => testAndDetect(job.ctx, payload),
})
