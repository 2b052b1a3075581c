import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EventStream, NODE_TYPES } from '#lib/domain/audit/vocabulary'
import { Failure } from '#lib/domain/errors'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { deliverStream } from './deliver-stream'
import { horizon } from './streams'

const DRAIN_PACE = { spacingMs: 0, leaseMs: 10_000 }
const LOOK_AGAIN_MS = 500

export interface Draining {
  spaceId: string
  extensionKey: string
  stream: EventStream
  after: bigint | null
  activeSince: Date | null
  /** Of the extension while it is being deactivated. */
  version: number
}

/**
 * Delivers everything up to and including the deactivation's own event; waits out an outage of the store.
 * @param tell how many events still wait, and what hinders
 */
export async function drain(
  place: Draining,
  signal: AbortSignal,
  tell: (waiting: number, trouble: string | null) => void,
): Promise<void> {
  const { spaceId, stream, after, activeSince, extensionKey, version } = place
  const until = await horizon(database(), spaceId, extensionKey)
  await closeRepeats(spaceId, stream, until)
  let trouble: string | null = null
  while (true) {
    signal.throwIfAborted()
    const waiting = await countWaiting(place, until)
    tell(waiting, trouble)
    if (waiting === 0) return
    const outcomes = await Promise.allSettled(
      NODE_TYPES.map((nodeType) =>
        deliverStream(
          { spaceId, stream, nodeType, after, until, activeSince, extension: { key: extensionKey, version } },
          DRAIN_PACE,
          signal,
        ),
      ),
    )
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed && !(failed.reason instanceof Failure)) throw failed.reason
    trouble = failed?.reason.message ?? trouble
    if ((await countWaiting(place, until)) > 0) await sleep(LOOK_AGAIN_MS, undefined, { signal })
  }
}

/** Counting of repeats ends now: what it stands for happened before the deactivation. */
async function closeRepeats(spaceId: string, stream: string, until: bigint): Promise<void> {
  const at = now()
  await database().auditEvent.updateMany({
    where: { spaceId, stream, batchId: null, seq: { lte: until }, closesAt: { gt: at } },
    data: { closesAt: at },
  })
}

async function countWaiting({ spaceId, stream, after }: Draining, until: bigint): Promise<number> {
  const events = await database().auditEvent.count({
    where: {
      spaceId,
      stream,
      batchId: null,
      seq: { lte: until, ...(after === null ? {} : { gt: after }) },
    },
  })
  const sealed = await database().deliveryBatch.aggregate({
    where: { spaceId, stream, deliveredAt: null },
    _sum: { events: true },
  })
  return events + (sealed._sum.events ?? 0)
}
