import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { aborted } from 'node:util'
import { closeDatabase } from '../platform/db/client'
import { logger } from '../platform/logger'
import { closeQueue, receiveJobs } from '../platform/queue'
import type { Loop } from './loop'
import { loops } from './loops'
import { runJob } from './run-job'

const JOBS_AT_ONCE = 4

/** The worker process: takes jobs from the queue and runs the loops until it is told to stop. */
async function main(): Promise<void> {
  const shutdown = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => shutdown.abort())
  const stopReceiving = await receiveJobs(JOBS_AT_ONCE, (jobId) => runJob(jobId, shutdown.signal))
  logger.info('worker ready')
  process.send?.('ready')
  // No job is taken while the loops come to their end.
  const received = aborted(shutdown.signal, process).then(stopReceiving)
  await Promise.all([received, ...loops.map((loop) => repeat(loop, shutdown.signal))])
  await closeQueue()
  await closeDatabase()
}

/** Runs a loop until shutdown; a failure is logged and tried again at the next turn. */
async function repeat({ name, everyMs, run }: Loop, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await run(signal)
    } catch (err) {
      if (!signal.aborted) logger.error({ err, loop: name }, 'a loop of the worker failed; it goes on')
    }
    await sleep(everyMs, undefined, { signal }).catch(() => {})
  }
}

main().then(
  () => process.exit(0),
  (err) => {
    logger.fatal({ err }, 'the worker could not start')
    process.exit(1)
  },
)
