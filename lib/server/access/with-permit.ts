import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'
import { inTransaction } from '../platform/db/transaction'
import { issuePermit, type Permit } from '../platform/permit'
import { type ReadDetailsOf, readAs } from './act'
import { type Authorized, authorize } from './authorize'
import type { Context } from './caller'
import { keepConfirming } from './keep-confirming'
import type { ResourceKind } from './resource-kind'

/**
 * Works on an object store as the caller: `prepare` runs in the authorising transaction and reads what the work needs,
 * `work` runs outside it with a permit that is aborted as soon as the right ends, the caller leaves or the deadline passes.
 * The permit ends with `work`: a stream has to be read to its end within.
 * @throws as readAs, also when the right ended while `work` went on, whatever `work` made of it; `conflict` when the name means
 * something else by then; `unavailable` when the right could not be confirmed for 10 s
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
  const begun = await beginPermit(ctx, kind, action, ref, prepare, options.details)
  const { subject, prepared } = begun
  const right = keepConfirming(ctx, begun.confirm)
  const signals = [ctx.signal, right.signal]
  if (options.deadlineMs !== undefined) signals.push(AbortSignal.timeout(options.deadlineMs))
  const signal = AbortSignal.any(signals)
  try {
    const permit = issuePermit({ actor: subject.name, action: `${kind.name}.${action}`, signal })
    const value = await work(permit, prepared)
    right.signal.throwIfAborted()
    return value
  } catch (error) {
    // What broke off because the right ended is told as that, whatever the adapter made of the abort.
    right.signal.throwIfAborted()
    throw error
  } finally {
    right.stop()
  }
}

interface BegunPermit<P> {
  subject: Subject
  prepared: P
  /** Asks for the right anew. @throws as authorize; Failure `conflict` when it would be the right to something else */
  confirm: () => Promise<void>
}

/** Asks for the right, and lets the work read what it needs in the same transaction. */
export async function beginPermit<Ref, Row, Action extends string, P>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  prepare: (authorized: Authorized<Row>) => Promise<P>,
  details: ReadDetailsOf<Row> | undefined,
): Promise<BegunPermit<P>> {
  const { row: begunWith, ...begun } = await readAs(
    ctx,
    kind,
    action,
    ref,
    async (authorized) => ({
      subject: authorized.subject,
      row: authorized.row,
      prepared: await prepare(authorized),
    }),
    details,
  )
  const standsFor = kind.standsFor?.(begunWith)
  const { loadSame } = kind
  // A thing that is renamed is the same: work on it goes on.
  const same: typeof kind = loadSame ? { ...kind, load: (tx) => loadSame(tx, begunWith) } : kind
  const confirm = () =>
    inTransaction(async (tx) => {
      const { row } = await authorize(tx, ctx, same, action, ref)
      if (kind.standsFor?.(row) !== standsFor) throw movedMeanwhile(kind.describe(row).name)
    })
  return { ...begun, confirm }
}

const movedMeanwhile = (name: string) =>
  new Failure('conflict', `${name} was moved or leads elsewhere by now, or something else has its name.`, {
    reason: 'moved-meanwhile',
    where: name,
    remedy: 'Start again, to read what is there now.',
  })

/** Leave for work that no person asked for, such as delivery; the other visible exception to asking `can()`. */
export const systemPermit = (job: string, signal: AbortSignal): Permit =>
  issuePermit({ actor: `system:${job}`, action: job, signal })
