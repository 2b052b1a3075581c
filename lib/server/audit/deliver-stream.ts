import 'server-only'
import { database } from '../platform/db/client'
import { sealNextBatch } from './seal-batch'
import type { DeliveryStream } from './streams'
import { writeBatch } from './write-batch'

/** How eagerly events go out. */
export interface Pace {
  /** A stream that is busy gets an object no more often; one that was quiet is delivered at once. */
  spacingMs: number
  /** How long other workers leave an attempt alone. */
  leaseMs: number
}
export const PACE: Pace = { spacingMs: 10_000, leaseMs: 10_000 }

/**
 * Delivers what waits in one stream, batch after batch and in order: the next one is sealed when the one before stands.
 * @throws the store's Failure; the batch remembers it
 */
export async function deliverStream(at: DeliveryStream, pace: Pace, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const batchId = await undelivered(at)
    if (batchId !== null) {
      if (!(await writeBatch(at, batchId, pace.leaseMs, signal))) return
    } else if (!(await sealNextBatch(at, pace.spacingMs))) return
  }
}

/** The oldest sealed batch of a stream that is not confirmed yet. */
export async function undelivered({ spaceId, stream, nodeType }: DeliveryStream): Promise<string | null> {
  const batch = await database().deliveryBatch.findFirst({
    where: { spaceId, stream, nodeType, deliveredAt: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  return batch?.id ?? null
}
