import 'server-only'
import { createHash } from 'node:crypto'
import { backoffMs, LONGEST_WAIT_MS } from '#lib/domain/audit/backoff'
import { Failure } from '#lib/domain/errors'
import { systemPermit } from '../access/with-permit'
import { now } from '../platform/clock'
import { crashPoint } from '../platform/crash-point'
import { database } from '../platform/db/client'
import { logger } from '../platform/logger'
import type { ObjectStore } from '../platform/object-store/types'
import { platformStore } from './platform-store'
import type { DeliveryStream } from './streams'

export interface SealedBatch {
  id: string
  spaceId: string
  key: string
  sizeBytes: number
  sha256: string
  body: Uint8Array | null
  attempts: number
}

/**
 * Writes a sealed batch and confirms it. Whoever writes it writes the same bytes under the same key, and the store takes
 * them once: a worker that was paused past its lease does no harm.
 * @param leaseMs how long other workers leave this attempt alone
 * @param force without regard to lease and waiting time, for a person who looks on
 * @throws the store's Failure, after the batch remembers it and when to try again
 * @returns false when another worker is at it
 */
export async function writeBatch(
  at: DeliveryStream,
  batchId: string,
  leaseMs: number,
  signal: AbortSignal,
  force = false,
): Promise<boolean> {
  const batch = await takeAttempt(batchId, leaseMs, force)
  if (!batch) return false
  try {
    const store = platformStore(systemPermit('deliver-events', signal), batch.spaceId, { idleMs: 20_000 })
    await putOnce(store, batch)
    crashPoint('written')
  } catch (error) {
    await noteFailure(batch, error)
    throw error
  }
  await confirm(at, batch.id)
  crashPoint('confirmed')
  return true
}

async function takeAttempt(
  batchId: string,
  leaseMs: number,
  force: boolean,
): Promise<SealedBatch | undefined> {
  const at = now()
  // No attempt is put off for longer: such a time was written before the clock was set back.
  const latest = new Date(at.getTime() + 2 * LONGEST_WAIT_MS)
  const due = { OR: [{ nextAttemptAt: { lte: at } }, { nextAttemptAt: { gt: latest } }] }
  const [batch] = await database().deliveryBatch.updateManyAndReturn({
    where: { id: batchId, deliveredAt: null, ...(force ? {} : due) },
    data: { attempts: { increment: 1 }, nextAttemptAt: new Date(at.getTime() + leaseMs) },
  })
  return batch
}

async function putOnce(store: ObjectStore, batch: SealedBatch): Promise<void> {
  if (!batch.body) throw new Error(`the bytes of batch ${batch.id} are gone before it was confirmed`)
  const path = batch.key.slice(batch.spaceId.length)
  try {
    await store.put({
      path,
      body: Buffer.from(batch.body),
      contentType: 'application/gzip',
      onlyIfAbsent: true,
    })
  } catch (error) {
    if (!(error instanceof Failure) || error.details.reason !== 'already-exists') throw error
    await holdAgainst(store, path, batch)
  }
}

/** An earlier attempt got through: what stands there must be what was sealed. */
async function holdAgainst(store: ObjectStore, path: string, batch: SealedBatch): Promise<void> {
  const object = await store.getStream({ path })
  const hash = createHash('sha256')
  for await (const chunk of object.bytes) hash.update(chunk)
  if (object.sizeBytes === batch.sizeBytes && hash.digest('hex') === batch.sha256) return
  throw new Failure('conflict', 'Another object stands under the key of this batch.', {
    reason: 'foreign-object',
    where: path,
    remedy: 'Move that object away. The events stay here until they are delivered.',
  })
}

/** Delivered: the bytes are let go in the same statement that says so. */
async function confirm(at: DeliveryStream, batchId: string): Promise<void> {
  const deliveredAt = now()
  await database().$executeRaw`
    UPDATE delivery_batch SET "deliveredAt" = ${deliveredAt}::timestamptz, body = NULL, "lastError" = NULL,
      "lagMs" = (
        SELECT least(2147483647, greatest(0, extract(epoch FROM ${deliveredAt}::timestamptz
          - greatest(min("closesAt"), coalesce(${at.activeSince}::timestamptz, delivery_batch."sealedAt"))) * 1000))::int
        FROM audit_event WHERE audit_event."spaceId" = delivery_batch."spaceId" AND "batchId" = ${batchId})
    WHERE id = ${batchId} AND "deliveredAt" IS NULL`
}

async function noteFailure(batch: SealedBatch, error: unknown): Promise<void> {
  const waitMs = backoffMs(batch.attempts, Math.random())
  const words = error instanceof Failure ? error.message : 'Launchpad could not write the object.'
  logger.warn({ err: error, batchId: batch.id, attempts: batch.attempts, waitMs }, 'a batch was not written')
  await database().deliveryBatch.updateMany({
    where: { id: batch.id, deliveredAt: null },
    data: { lastError: words, nextAttemptAt: new Date(now().getTime() + waitMs) },
  })
}
