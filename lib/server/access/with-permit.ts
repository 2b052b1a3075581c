import 'server-only'
import { Failure } from '#lib/domain/errors'
import { inTransaction } from '../platform/db/transaction'
import { logger } from '../platform/logger'
import { issuePermit, type Permit } from '../platform/permit'
import { type ReadDetails, readAs } from './act'
import { type Authorized, authorize, Denied, recordDenial } from './authorize'
import type { Context } from './caller'
import type { ResourceKind } from './resource-kind'

/** How often a permit asks again whether its right still stands; a revoked one ends within 5 s. */
const RECHECK_MS = 2_000

/**
 * Works on an object store as the caller: `prepare` runs in the authorising transaction and reads what the work needs,
 * `work` runs outside it with a permit that is aborted as soon as the right ends, the caller leaves or the deadline passes.
 */
export async function withPermit<Ref, Row, Action extends string, P, T>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  options: { deadlineMs?: number; details?: ReadDetails },
  prepare: (authorized: Authorized<Row>) => Promise<P>,
  work: (permit: Permit, prepared: P) => Promise<T>,
): Promise<T> {
  const { subject, prepared } = await readAs(
    ctx,
    kind,
    action,
    ref,
    async (authorized) => ({ subject: authorized.subject, prepared: await prepare(authorized) }),
    options.details,
  )
  const ended = new AbortController()
  const timer = setInterval(() => recheck(ctx, kind, action, ref, ended), RECHECK_MS)
  timer.unref()
  const signals = [ctx.signal, ended.signal]
  if (options.deadlineMs !== undefined) signals.push(AbortSignal.timeout(options.deadlineMs))
  const signal = AbortSignal.any(signals)
  try {
    return await work(
      issuePermit({ actor: subject.name, action: `${kind.name}.${action}`, signal }),
      prepared,
    )
  } catch (error) {
    // What broke off because the right ended is told as that, whatever the adapter made of the abort.
    if (ended.signal.aborted && ended.signal.reason instanceof Failure) throw ended.signal.reason
    throw error
  } finally {
    clearInterval(timer)
  }
}

async function recheck<Ref, Row, Action extends string>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  ended: AbortController,
): Promise<void> {
  try {
    await inTransaction((tx) => authorize(tx, ctx, kind, action, ref))
  } catch (error) {
    if (error instanceof Denied) ended.abort(await recordDenial(ctx, error))
    else if (error instanceof Failure && error.kind !== 'unavailable') ended.abort(error)
    else logger.warn({ err: error, requestId: ctx.requestId }, 'a permit could not be checked again')
  }
}

/** Leave for work that no person asked for, such as delivery; the other visible exception to asking `can()`. */
export const systemPermit = (job: string, signal: AbortSignal): Permit =>
  issuePermit({ actor: `system:${job}`, action: job, signal })
