import 'server-only'
import type { EventStream } from '#lib/domain/audit/vocabulary'
import { Failure } from '#lib/domain/errors'
import { OWN_NODE } from '../access/record-event'
import { database } from '../platform/db/client'
import { PACE, undelivered } from './deliver-stream'
import { sealNextBatch } from './seal-batch'
import { writeBatch } from './write-batch'

export interface FirstObject {
  path: string
  sizeBytes: number
  sha256: string
}

/**
 * Brings one event of an activation to the store, so that it can be read back: the oldest that is to be delivered.
 * Asked again after a crash, it gives the object that is there already.
 * @param place where, for which activation, and when that began
 * @throws the store's Failure; `unavailable` while another worker is at it
 */
export async function deliverFirst(
  place: {
    spaceId: string
    stream: EventStream
    after: bigint | null
    startedAt: Date
    extension: { key: string; version: number }
  },
  signal: AbortSignal,
): Promise<FirstObject> {
  const { spaceId, stream, after, startedAt, extension } = place
  const { nodeType } = OWN_NODE
  const at = { spaceId, stream, nodeType, after, until: null, activeSince: startedAt, extension }
  const there = await findBatch({ spaceId, stream, nodeType, deliveredAt: { gte: startedAt } })
  if (there) return toObject(there)
  if ((await undelivered(at)) === null) await sealNextBatch(at, 0, { events: 1, rawBytes: 1 })
  const batchId = await undelivered(at)
  if (batchId === null) throw busy()
  await writeBatch(at, batchId, PACE.leaseMs, signal, true)
  const batch = await findBatch({ id: batchId, deliveredAt: { not: null } })
  if (!batch) throw busy()
  return toObject(batch)
}

interface BatchFilter {
  id?: string
  spaceId?: string
  stream?: string
  nodeType?: string
  deliveredAt: { gte: Date } | { not: null }
}

const findBatch = (where: BatchFilter) =>
  database().deliveryBatch.findFirst({ where, orderBy: { id: 'asc' } })

const toObject = (batch: {
  key: string
  spaceId: string
  sizeBytes: number
  sha256: string
}): FirstObject => ({
  path: batch.key.slice(batch.spaceId.length),
  sizeBytes: batch.sizeBytes,
  sha256: batch.sha256,
})

const busy = () =>
  new Failure('unavailable', 'Another worker is writing the first event.', { reason: 'delivery-busy' })
