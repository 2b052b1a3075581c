import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import { database } from '../platform/db/client'
import { logger } from '../platform/logger'
import { deliverStream, PACE, type Pace } from './deliver-stream'
import { activeStreams, type DeliveryStream, streamName } from './streams'

/** Streams this process is delivering. One that hangs keeps its own turn only. */
const underWay = new Map<string, Promise<void>>()

/** Delivers every stream that has something to deliver; returns when all are done, or after 2 s while some go on. */
export async function deliverDue(signal: AbortSignal, pace: Pace = PACE): Promise<void> {
  for (const at of await activeStreams(database())) {
    const name = streamName(at)
    if (underWay.has(name)) continue
    const delivery = deliverQuietly(at, pace, signal).finally(() => underWay.delete(name))
    underWay.set(name, delivery)
  }
  const all = Promise.all(underWay.values())
  await Promise.race([all, sleep(2_000, undefined, { signal, ref: false }).catch(() => all)])
}

/** What the store refused stands with its batch; anything else is told in the log. */
async function deliverQuietly(at: DeliveryStream, pace: Pace, signal: AbortSignal): Promise<void> {
  try {
    await deliverStream(at, pace, signal)
  } catch (err) {
    if (signal.aborted || err instanceof Failure) return
    logger.error(
      { err, stream: at.stream, nodeType: at.nodeType },
      'a stream could not be delivered; it goes on',
    )
  }
}
