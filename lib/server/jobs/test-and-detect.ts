import 'server-only'
import { testAndDetectJob } from '#lib/domain/datasets/detect-job'
import { testAndDetect } from '../datasets/detection/test-and-detect'
import { defineJob } from './job-handler'

export const testAndDetectHandler = defineJob({
  ...testAndDetectJob,
  whenWorkerIsLost: 'retry',
  run: (job, payload) =>
    testAndDetect(
      job.ctx,
      payload,
      (what, done, total) => job.report({ done, total, message: SAYS[what] }),
      job.keepWhile,
    ),
})

/** The files are counted beside it. */
const SAYS = { format: 'Looking at files for their format', columns: 'Reading the columns of files' }
