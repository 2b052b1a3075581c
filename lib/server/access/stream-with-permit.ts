import 'server-only'
import { issuePermit, type Permit } from '../platform/permit'
import type { ReadDetailsOf } from './act'
import type { Authorized } from './authorize'
import type { Context } from './caller'
import { type ConfirmTimes, keepConfirming } from './keep-confirming'
import type { ResourceKind } from './resource-kind'
import { beginPermit } from './with-permit'

export interface StreamTimes extends ConfirmTimes {
  /** Nothing is given out while the right was not confirmed for so long: a revoked one ends within 5 s. */
  heldAfterMs: number
}

/**
 * A database that is restarted or a machine that is busy holds streams back instead of breaking them: what was read for hours
 * would have to be read again.
 */
const TIMES: StreamTimes = { everyMs: 2_000, heldAfterMs: 4_500, unconfirmedMs: 120_000 }

/**
 * Streams from an object store as the caller: the right is asked for before anything is given out, and the permit stands until
 * the stream was read to its end or left. While the right cannot be confirmed the stream waits.
 * @throws as withPermit, from the promise while nothing was given out, from the stream afterwards; `unavailable` when the right
 * could not be confirmed for two minutes
 */
export async function streamWithPermit<Ref, Row, Action extends string, P, T>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  options: { details?: ReadDetailsOf<Row>; times?: StreamTimes },
  prepare: (authorized: Authorized<Row>) => Promise<P>,
  produce: (permit: Permit, prepared: P) => AsyncIterable<T>,
): Promise<AsyncGenerator<T, void>> {
  const { details, times = TIMES } = options
  const { subject, prepared, confirm } = await beginPermit(ctx, kind, action, ref, prepare, details)
  return (async function* () {
    const right = keepConfirming(ctx, confirm, times)
    try {
      const signal = AbortSignal.any([ctx.signal, right.signal])
      const permit = issuePermit({ actor: subject.name, action: `${kind.name}.${action}`, signal })
      for await (const value of produce(permit, prepared)) {
        await right.confirmed(times.heldAfterMs)
        right.signal.throwIfAborted()
        yield value
      }
      right.signal.throwIfAborted()
    } catch (error) {
      right.signal.throwIfAborted()
      throw error
    } finally {
      right.stop()
    }
  })()
}
