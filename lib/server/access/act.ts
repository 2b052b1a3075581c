import 'server-only'
import { inTransaction, isGone, isUniqueViolation } from '../platform/db/transaction'
import { type Authorized, authorize, authorizeChange, Denied, recordDenial } from './authorize'
import type { Context } from './caller'
import { actorOf, type EventSpec, eventContext, recordEvent, recordRepeatable } from './record-event'
import type { ResourceKind } from './resource-kind'
import type { SharedLooks } from './shared-looks'
import { lookAtSubject } from './subject'
import { TurnAtRow } from './turn-at-row'

declare const audited: unique symbol
/** What a change gives back: its value, and the events that commit with it. */
export interface Audited<T> {
  readonly [audited]: true
  readonly value: T
  readonly events: EventSpec[]
}

/** Ends a change. The first event is the act itself; more may follow from it. */
export const changed = <T>(value: T, event: EventSpec, ...more: EventSpec[]) =>
  ({ value, events: [event, ...more] }) as unknown as Audited<T>

/** Ends a change that turned out to change nothing: there is nothing to tell. */
export const unchanged = <T>(value: T) => ({ value, events: [] }) as unknown as Audited<T>

/** Ends a change that was made in parts, with the events of all of them, in their order. */
export const changedTogether = <T>(value: T, ...parts: Audited<unknown>[]) =>
  ({ value, events: parts.flatMap((part) => part.events) }) as unknown as Audited<T>

/** What a read adds to its event: `{ path: "/audit-logs/" }`. */
export type ReadDetails = Record<string, unknown>
/** The same, of what is only known of the resource: the connection that a dataset is on. */
export type ReadDetailsOf<Row> = ReadDetails | ((row: Row) => ReadDetails)

/**
 * Reads a resource as the caller. Actions declared `when: 'read'` write their event in the same transaction,
 * so before anything is given out.
 * @throws Failure `forbidden` or `not_found`, recorded; `unauthenticated` when the caller's account has ended.
 */
export function readAs<Ref, Row, Action extends string, T>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  run: (authorized: Authorized<Row>) => Promise<T>,
  details: ReadDetailsOf<Row> = {},
): Promise<T> {
  const look = () => read(ctx, kind, action, ref, run, details)
  return withDenials(ctx, () => look().catch((error) => lookAgain(error, look)))
}

/**
 * As readAs, together with requests of the same caller for the same resource that come at once: what is read and decided for
 * one is everyone's, so `run` must give the same to all and nobody may change it. Each refusal is recorded for itself.
 * @param looks one for each verb
 */
export function readTogether<Ref, Row, Action extends string, T>(
  looks: SharedLooks<T>,
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  run: (authorized: Authorized<Row>) => Promise<T>,
): Promise<T> {
  if (kind.actions[action].event.when !== 'denied-only')
    throw new Error(`each ${action} of a ${kind.name} has its event, so they cannot be read together`)
  const who = JSON.stringify([ctx.caller, ref])
  return withDenials(ctx, () => looks.look(who, () => read(ctx, kind, action, ref, run, {})))
}

async function read<Ref, Row, Action extends string, T>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  run: (authorized: Authorized<Row>) => Promise<T>,
  details: ReadDetailsOf<Row>,
): Promise<T> {
  const known = await lookAtSubject(ctx.caller)
  return inTransaction(async (tx) => {
    const authorized = await authorize(tx, ctx, kind, action, ref, known)
    const { event } = kind.actions[action]
    if (event.when === 'read') {
      const { objectId, projectKey } = kind.describe(authorized.row)
      await recordRepeatable(tx, eventContext(ctx), actorOf(authorized.subject), {
        msgType: event.msgType,
        objectType: kind.name,
        objectId,
        ...(projectKey ? { projectKey } : {}),
        fields: typeof details === 'function' ? details(authorized.row) : details,
      })
    }
    return run(authorized)
  })
}

/** Asks whether the caller may, and gives nothing out: only a denial has an event. @throws as readAs */
export function askAs<Ref, Row, Action extends string>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
): Promise<void> {
  return withDenials(ctx, () =>
    inTransaction(async (tx) => {
      await authorize(tx, ctx, kind, action, ref)
    }),
  )
}

/**
 * Changes a resource as the caller, and commits the events with the change. Changes of one resource follow one another, where its
 * kind says what is locked. `run` may be run more than once.
 * @throws as readAs; whatever `run` throws leaves nothing behind.
 */
export function writeAs<Ref, Row, Action extends string, T>(
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  run: (authorized: Authorized<Row>) => Promise<Audited<T>>,
): Promise<T> {
  const turn = new TurnAtRow()
  const write = () =>
    inTransaction(async (tx) => {
      const authorized = await authorizeChange(tx, ctx, kind, action, ref, turn)
      const { value, events } = await run(authorized)
      for (const event of events) await recordEvent(tx, eventContext(ctx), actorOf(authorized.subject), event)
      return value
    })
  const written = write().catch((error) => lookAgain(error, write))
  return withDenials(ctx, () => written.finally(() => turn.end()))
}

/**
 * What a unique index refuses came in after the verb had looked, and what it did not find went: at its second look the verb says
 * what stands there.
 */
function lookAgain<T>(error: unknown, act: () => Promise<T>): Promise<T> {
  if (!isUniqueViolation(error) && !isGone(error)) throw error
  return act()
}

async function withDenials<T>(ctx: Context, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Denied) throw await recordDenial(ctx, error)
    throw error
  }
}
