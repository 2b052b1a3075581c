import 'server-only'
import type { Health } from '#lib/domain/spaces/wire'
import { systemPermit } from '../access/with-permit'
import { platformStore } from '../audit/platform-store'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { logger } from '../platform/logger'

const DEADLINE_MS = 3_000
/** A worker says that it lives every five seconds. */
const WORKER_SILENT_MS = 30_000
/** Whoever asks often gets the answer of a moment ago: the question costs the store a request. */
const KEPT_MS = 2_000

let kept: { at: number; health: Promise<Health> } | undefined

/** Whether database, object store and a worker answer. It names no reason: anyone may ask. */
export function checkHealth(): Promise<Health> {
  const at = now().getTime()
  if (!kept || at - kept.at > KEPT_MS) kept = { at, health: runChecks() }
  return kept.health
}

async function runChecks(): Promise<Health> {
  const [databaseState, objectStore, worker] = await Promise.all([
    attempt('database', () => database().$queryRaw`SELECT 1`),
    attempt('object store', askStore),
    attempt('worker', requireWorker),
  ])
  const checks = { database: databaseState, objectStore, worker }
  const ready = Object.values(checks).every((state) => state === 'ok')
  return { status: ready ? 'ready' : 'not-ready', checks }
}

/** The smallest listing there is, of a folder that holds nothing. */
async function askStore(): Promise<void> {
  const store = platformStore(systemPermit('health', AbortSignal.timeout(DEADLINE_MS)), 'health')
  await store.listPage({ prefixPath: '/', maxKeys: 1 })
}

async function requireWorker(): Promise<void> {
  const since = new Date(now().getTime() - WORKER_SILENT_MS)
  const alive = await database().workerHeartbeat.count({ where: { beatAt: { gte: since } } })
  if (alive === 0) throw new Error('no worker has been heard of')
}

async function attempt(what: string, run: () => PromiseLike<unknown>): Promise<'ok' | 'failed'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${DEADLINE_MS} ms`)), DEADLINE_MS)
  })
  try {
    await Promise.race([run(), late])
    return 'ok'
  } catch (err) {
    logger.warn({ err, check: what }, 'a health check failed')
    return 'failed'
  } finally {
    clearTimeout(timer)
  }
}
