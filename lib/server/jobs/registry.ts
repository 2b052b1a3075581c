import 'server-only'
import { activateExtension } from './activate-extension'
import { computeMetricsHandler } from './compute-metrics'
import { deactivateExtension } from './deactivate-extension'
import type { JobHandler } from './job-handler'
import { listFilesHandler } from './list-files'
import { listPartitionsHandler } from './list-partitions'
import { testAndDetectHandler } from './test-and-detect'

/** Every kind of job this worker can run. A new one is a file and a line here. */
const handlers: JobHandler[] = [
  activateExtension,
  deactivateExtension,
  listFilesHandler,
  listPartitionsHandler,
  computeMetricsHandler,
  testAndDetectHandler,
]

/** What runs the jobs of a kind; undefined for a kind that is not known. */
export const handlerFor = (kind: string): JobHandler | undefined =>
  handlers.find((handler) => handler.kind === kind)
