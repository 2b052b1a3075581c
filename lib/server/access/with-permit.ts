import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import { inTransaction } from '../platform/db/transaction'
import { logger } from '../platform/logger'
import { issuePermit, type Permit } from '../platform/permit'
import { type ReadDetailsOf, readAs } from './act'
import { type Authorized, authorize, Denied, recordDenial } from './authorize'
import type { Context } from './caller'
import type { ResourceKind } from './resource-kind'

/** How often a permit asks again whether its right still stands; a revoked one ends within 5 s. */
const RECHECK_MS = 2_000
/** A permit that could not be confirmed for this long ends: others may have taken the right away meanwhile. */
const UNCONFIRMED_MS = 10_000

/**
 * Works on an object store as the caller: `prepare` runs in the authorising transaction and reads what the work needs,
 * `work` runs outside it with a permit that is aborted as soon as the right ends, the caller leaves or the deadline passes.
 * The permit ends with `work`: a stream has to be read to its end within.
 * @throws as readAs, also when the right ended while `work` went on, whatever `work` made of it; `unavailable` when the
 * right could not be confirmed for 10 s
 */
export async function withPermit<Ref, Row, Action extends string, P, T>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  options: { deadlineMs?: number; details?: ReadDetailsOf<Row> },
  prepare: (authorized: Authorized<Row>) => Promise<P>,
  work: (permit: Permit, prepared: P) => Promise<T>,
): Promise<T> {
  const { subject, prepared } = await begin(ctx, kind, action, ref, prepare, options.details)
  const ended = new AbortController()
  const done = new AbortController()
  const signals = [ctx.signal, ended.signal]
  if (options.deadlineMs !== undefined) signals.push(AbortSignal.timeout(options.deadlineMs))
  const signal = AbortSignal.any(signals)
  const confirm = () => inTransaction((tx) => authorize(tx, ctx, kind, action, ref))
  void keepConfirming(ctx, confirm, ended, done.signal)
  try {
    const permit = issuePermit({ actor: subject.name, action: `${kind.name}.${action}`, signal })
    const value = await work(permit, prepared)
    ended.signal.throwIfAborted()
    return value
  } catch (error) {
    // What broke off because the right ended is told as that, whatever the adapter made of the abort.
    ended.signal.throwIfAborted()
    throw error
  } finally {
    done.abort()
  }
}

/**
 * Streams from an object store as the caller: the right is asked for before anything is given out, and the permit stands until
 * the stream was read to its end or left.
 * @throws as withPermit, from the promise while nothing was given out, from the stream afterwards
 */
export async function streamWithPermit<Ref, Row, Action extends string, P, T>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  options: { details?: ReadDetailsOf<Row> },
  prepare: (authorized: Authorized<Row>) => Promise<P>,
  produce: (permit: Permit, prepared: P) => AsyncIterable<T>,
): Promise<AsyncGenerator<T, void>> {
  const { subject, prepared } = await begin(ctx, kind, action, ref, prepare, options.details)
  return (async function* () {
    const ended = new AbortController()
    const done = new AbortController()
    void keepConfirming(
      ctx,
      () => inTransaction((tx) => authorize(tx, ctx, kind, action, ref)),
      ended,
      done.signal,
    )
    try {
      const signal = AbortSignal.any([ctx.signal, ended.signal])
      const permit = issuePermit({ actor: subject.name, action: `${kind.name}.${action}`, signal })
      for await (const value of produce(permit, prepared)) {
        ended.signal.throwIfAborted()
        yield value
      }
      ended.signal.throwIfAborted()
    } catch (error) {
      ended.signal.throwIfAborted()
      throw error
    } finally {
      done.abort()
    }
  })()
}

function begin<Ref, Row, Action extends string, P>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  prepare: (authorized: Authorized<Row>) => Promise<P>,
  details: ReadDetailsOf<Row> | undefined,
) {
  return readAs(
    ctx,
    kind,
    action,
    ref,
    async (authorized) => ({ subject: authorized.subject, prepared: await prepare(authorized) }),
    details,
  )
}

/** Asks again and again whether the right still stands, one question at a time, and aborts `ended` when it does not. */
async function keepConfirming(
  ctx: Context,
  confirm: () => Promise<unknown>,
  ended: AbortController,
  done: AbortSignal,
): Promise<void> {
  const silence = setTimeout(() => ended.abort(unconfirmed()), UNCONFIRMED_MS).unref()
  const over = AbortSignal.any([done, ended.signal])
  while (!over.aborted) {
    await sleep(RECHECK_MS, undefined, { signal: over, ref: false }).catch(() => {})
    if (over.aborted) break
    try {
      await confirm()
      silence.refresh()
    } catch (error) {
      // Work that is done needs no right any more, so nothing was refused.
      if (!over.aborted) await refuse(ctx, error, ended)
    }
  }
  clearTimeout(silence)
}

async function refuse(ctx: Context, error: unknown, ended: AbortController): Promise<void> {
  if (error instanceof Denied) {
    // A refusal that could not be recorded ends the permit all the same.
    ended.abort(await recordDenial(ctx, error).catch((failure: unknown) => failure))
  } else if (error instanceof Failure && error.kind !== 'unavailable') ended.abort(error)
  else logger.warn({ err: error, requestId: ctx.requestId }, 'a permit could not be checked again')
}

const unconfirmed = () =>
  new Failure('unavailable', 'Whether you may still do this could not be checked.', {
    reason: 'permit-unconfirmed',
    remedy: 'Try again in a moment.',
    retryAfterSeconds: 5,
  })

/** Leave for work that no person asked for, such as delivery; the other visible exception to asking `can()`. */
export const systemPermit = (job: string, signal: AbortSignal): Permit =>
  issuePermit({ actor: `system:${job}`, action: job, signal })
