import 'server-only'
import { createHash } from 'node:crypto'
import type { Subject } from '#lib/domain/access/subject'
import { formatEnvelope } from '#lib/domain/audit/envelope'
import type { EventStream, MsgType, Outcome, Topic } from '#lib/domain/audit/vocabulary'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import { newId } from '../platform/ids'
import type { Context } from './caller'

/** The node type and name under which this application's own events are delivered. */
export const OWN_NODE = { nodeType: 'design', nodeId: 'launchpad' } as const
/** Repeats of one act within this time become one event with a count. */
export const REPEAT_WINDOW_MS = 60_000

/** What a verb says of its event; who, when and from where are added here. */
export interface EventSpec {
  msgType: MsgType
  topic?: Topic
  /** Where it is delivered; `instance` unless an extension tells its own stream of itself. */
  stream?: EventStream
  outcome?: Outcome
  objectType?: string
  objectId?: string
  projectKey?: string
  before?: unknown
  after?: unknown
  /** Further fields of the message: connection, partitions, records, reason. */
  fields?: Record<string, unknown>
}

/** Who an event is about: a subject, or a login that was only claimed. */
export interface EventActor {
  authUser: string
  authSource: string
  /** The key that acted: labels and owners are shared by several. */
  authKeyId?: string
}

/** Who did it, as events name them. */
export const actorOf = (subject: Subject): EventActor => ({
  authUser: subject.name,
  authSource: authSource(subject),
  ...(subject.keyId === null ? {} : { authKeyId: subject.keyId }),
})

function authSource(subject: Subject): string {
  if (subject.kind === 'system') return 'SYSTEM'
  if (subject.kind === 'user') return 'USER_FROM_UI'
  if (subject.project) return 'PROJECT_API_KEY'
  return subject.userId ? 'PERSONAL_API_KEY' : 'GLOBAL_API_KEY'
}

/** Writes one event into the outbox, within the transaction of what it tells. Returns its id. */
export async function recordEvent(
  tx: Tx,
  ctx: EventContext,
  actor: EventActor,
  spec: EventSpec,
): Promise<string> {
  const eventId = newId()
  const at = now()
  await tx.auditEvent.create({ data: eventRow(ctx, actor, spec, eventId, at, at) })
  return eventId
}

/** Like recordEvent, but repeats within a minute raise the count of the event already there, by `times`. */
export async function recordRepeatable(
  tx: Tx,
  ctx: EventContext,
  actor: EventActor,
  spec: EventSpec,
  times = 1,
): Promise<void> {
  const repeatKey = keyOf(actor, spec)
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${ctx.spaceId}|${repeatKey}`}, 1))`
  // Not before the lock: whoever waited for it must not count into a window that closed meanwhile.
  const at = now()
  const closesAt = new Date(at.getTime() + REPEAT_WINDOW_MS)
  const { count } = await tx.auditEvent.updateMany({
    where: { spaceId: ctx.spaceId, repeatKey, closesAt: { gt: at, lte: closesAt }, batchId: null },
    data: { repeats: { increment: times } },
  })
  if (count > 0) return
  await tx.auditEvent.create({
    data: { ...eventRow(ctx, actor, spec, newId(), at, closesAt), repeatKey, repeats: times },
  })
}

/** Whoever does the same to the same with the same details repeats an act; another path or partition is another act. */
function keyOf({ authUser, authSource, authKeyId }: EventActor, spec: EventSpec): string {
  const { msgType, outcome, objectType, objectId, fields } = spec
  return createHash('sha256')
    .update(JSON.stringify([authUser, authSource, authKeyId, msgType, outcome, objectType, objectId, fields]))
    .digest('base64url')
}

export type EventContext = Pick<Context, 'requestId' | 'originAddress' | 'via' | 'call' | 'startedAt'> & {
  spaceId: string
}

/** What an event tells of the request of a caller. */
export const eventContext = (ctx: Context): EventContext => ({ ...ctx, spaceId: ctx.caller.spaceId })

function eventRow(
  ctx: EventContext,
  actor: EventActor,
  spec: EventSpec,
  eventId: string,
  at: Date,
  closesAt: Date,
) {
  const { msgType, outcome = 'success', objectType, objectId, projectKey, before, after, fields } = spec
  const topic = spec.topic ?? (outcome === 'success' ? 'generic' : 'generic-failure')
  const line = formatEnvelope({
    topic,
    apiCall: ctx.call,
    callTimeMs: Math.max(0, at.getTime() - ctx.startedAt.getTime()),
    at,
    message: {
      ...fields,
      msgType,
      eventId,
      nodeId: OWN_NODE.nodeId,
      requestId: ctx.requestId,
      authUser: actor.authUser,
      authSource: actor.authSource,
      ...(actor.authKeyId === undefined ? {} : { authKeyId: actor.authKeyId }),
      authVia: ctx.via,
      originAddress: ctx.originAddress,
      outcome,
      ...(projectKey === undefined ? {} : { projectKey }),
      ...(objectType === undefined ? {} : { objectType }),
      ...(objectId === undefined ? {} : { objectId }),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  })
  return {
    spaceId: ctx.spaceId,
    eventId,
    ...OWN_NODE,
    stream: spec.stream ?? 'instance',
    topic,
    msgType,
    outcome,
    actor: actor.authUser,
    objectType: objectType ?? null,
    objectId: objectId ?? null,
    projectKey: projectKey ?? null,
    receivedAt: at,
    closesAt,
    line,
    digest: createHash('sha256').update(line).digest('hex'),
  }
}
