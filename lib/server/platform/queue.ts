import 'server-only'
import { fromPrisma, PgBoss } from 'pg-boss'
import { config } from './config'
import type { Tx } from './db/client'
import { NotReady } from './db/transaction'
import { logger } from './logger'

/** The one queue: each message names a job row, which holds everything else. */
const QUEUE = 'job-rows'

let sender: PgBoss | undefined
let opening: Promise<void> | undefined

/**
 * Wakes a worker for a job row once the transaction commits; nothing is sent if it does not. While a message for the same
 * row waits, this adds none.
 * @throws NotReady at the first use of a process: the queue is opened by connections of its own, outside of the transaction
 */
export async function sendJob(tx: Tx, jobId: string): Promise<void> {
  if (!sender) throw new NotReady('the job queue', openSender)
  await sender.send(QUEUE, { jobId }, { db: fromPrisma(tx), singletonKey: jobId })
}

/** Those who come at once wait for one opening; after a failure the next begins anew. */
function openSender(): Promise<void> {
  opening ??= startSender().finally(() => {
    opening = undefined
  })
  return opening
}

async function startSender(): Promise<void> {
  const boss = new PgBoss({
    connectionString: config().databaseUrl,
    max: 2,
    supervise: false,
    schedule: false,
  })
  boss.on('error', (err) => logger.warn({ err }, 'the job queue reported an error'))
  try {
    // A web process may be there before the first worker.
    await prepareQueue(boss)
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined)
    throw error
  }
  sender = boss
}

/** The worker's side: `handle` is called with the id of each job row that waits. Returns how to stop. */
export async function receiveJobs(
  concurrency: number,
  handle: (jobId: string) => Promise<void>,
): Promise<() => Promise<void>> {
  const boss = new PgBoss({ connectionString: config().databaseUrl, max: 4, useListenNotify: true })
  boss.on('error', (err) => logger.warn({ err }, 'the job queue reported an error'))
  await prepareQueue(boss)
  await boss.work<{ jobId: string }>(
    QUEUE,
    { localConcurrency: concurrency, pollingIntervalSeconds: 1 },
    async ([message]) => {
      if (message) await handle(message.data.jobId)
    },
  )
  return () => boss.stop({ graceful: true, timeout: 10_000 })
}

/** Makes the queue's tables and the queue; safe to repeat, and for several processes at once. */
export async function prepareQueue(boss: PgBoss): Promise<void> {
  await boss.start()
  // "short" keeps at most one waiting message with a singleton key.
  await boss.createQueue(QUEUE, {
    policy: 'short',
    retryLimit: 0,
    notify: true,
    expireInSeconds: 6 * 3600,
  })
}

/** Stops sending to the queue; the next use opens it again. */
export async function closeQueue(): Promise<void> {
  await opening?.catch(() => undefined)
  const boss = sender
  sender = undefined
  await boss?.stop({ graceful: false })
}
