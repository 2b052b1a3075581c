import 'server-only'
import { type Decision, SPACE_ADMINISTRATORS, type Subject } from '#lib/domain/access/subject'
import type { MsgType } from '#lib/domain/audit/vocabulary'
import { Failure } from '#lib/domain/errors'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import type { Context } from './caller'
import { currentAt } from './current'
import { lockRow } from './lock-row'
import { countInWindow } from './rate-limit'
import { actorOf, eventContext, recordRepeatable } from './record-event'
import { can, type ResourceKind } from './resource-kind'
import { loadSubject } from './subject'
import type { TurnAtRow } from './turn-at-row'

declare const authorized: unique symbol
/** A transaction that came through the check. Queries of verbs take this and nothing else. */
export type AuthorizedTx = Tx & { readonly [authorized]: true }

export interface Authorized<Row> {
  tx: AuthorizedTx
  row: Row
  subject: Subject
  /** The instant of the decision; intervals written by the same act begin here. */
  at: Date
}

/** A refusal carries what the denial's event needs, to be recorded after the transaction has ended. */
export class Denied extends Error {
  constructor(
    readonly decision: Extract<Decision, { allowed: false }>,
    readonly subject: Subject,
    readonly act: { kind: string; action: string; msgType: MsgType },
    readonly object: { objectId: string; name: string; projectKey?: string },
    readonly ask: string[],
  ) {
    super('denied')
  }
}

/**
 * Loads the caller's live rights and the resource, and asks `can()`. Verbs that touch a second resource
 * (a dataset's connection) ask for it with this, in the transaction they have. A subject that was looked at just now may be given.
 */
export async function authorize<Ref, Row, Action extends string>(
  tx: Tx,
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  known?: Subject,
): Promise<Authorized<Row>> {
  const at = now()
  const subject = known ?? (await loadSubject(tx, ctx.caller))
  const row = await kind.load(tx, ctx.caller.spaceId, ref)
  if (row === null) throw notFound(kind.name)
  const decision = can(kind, action, subject, row, at)
  if (decision.allowed) return { tx: tx as AuthorizedTx, row, subject, at }
  const act = { kind: kind.name, action, msgType: kind.actions[action].event.msgType }
  throw new Denied(
    decision,
    subject,
    act,
    kind.describe(row),
    await administratorNames(tx, ctx.caller.spaceId, at),
  )
}

/**
 * As authorize, for a change: others of the same resource wait, and what was decided upon is as the one before left it. Who comes
 * after a removal finds nothing.
 * @throws NotReady while another change of this process has its turn
 */
export async function authorizeChange<Ref, Row, Action extends string>(
  tx: Tx,
  ctx: Context,
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  ref: Ref,
  turn: TurnAtRow,
): Promise<Authorized<Row>> {
  // Who may not change it makes nobody wait.
  const first = await authorize(tx, ctx, kind, action, ref)
  if (!kind.lock) return first
  let locked = kind.lock(first.row)
  for (;;) {
    turn.require(locked)
    await lockRow(tx, locked)
    const found = await authorize(tx, ctx, kind, action, ref)
    const { table, id } = kind.lock(found.row)
    if (id === locked.id) return found
    // Another has the name now.
    locked = { table, id }
  }
}

/** The refusal of what is not there or may not be seen; both read the same. */
export const notFound = (kindName: string) =>
  new Failure('not_found', `There is no such ${kindName}, or you may not see it.`, { reason: 'not-found' })

/** Denials of one caller a minute that are told apart; above it they are counted in one event. */
const DENIALS_TOLD_APART = 120

/** Records the denial in a transaction of its own and gives the failure to throw. */
export async function recordDenial(ctx: Context, denied: Denied): Promise<Failure> {
  const { decision, subject, act, object, ask } = denied
  await inTransaction(async (tx) => {
    const told = await countInWindow(
      tx,
      `denied|${ctx.caller.spaceId}|${subject.keyId ?? subject.name}`,
      60_000,
    )
    await recordRepeatable(tx, eventContext(ctx), actorOf(subject), {
      msgType: act.msgType,
      outcome: 'denied',
      objectType: act.kind,
      ...(told > DENIALS_TOLD_APART
        ? { objectId: '*' }
        : { objectId: object.objectId, fields: { action: act.action, need: decision.need } }),
      ...(object.projectKey ? { projectKey: object.projectKey } : {}),
    })
  })
  if (!decision.visible) return notFound(act.kind)
  return new Failure('forbidden', `You need ${decision.need}.`, { reason: 'denied', where: object.name, ask })
}

/** Whom to ask: the administrators of the space, by name. */
export async function administratorNames(tx: Tx, spaceId: string, at: Date): Promise<string[]> {
  const users = await tx.user.findMany({
    where: {
      spaceId,
      disabledAt: null,
      memberships: { some: { ...currentAt(at), group: { name: SPACE_ADMINISTRATORS } } },
    },
    orderBy: { name: 'asc' },
    take: 5,
    select: { name: true },
  })
  return users.map((user) => user.name)
}
