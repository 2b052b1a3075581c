import 'server-only'
import type { NodeEvent } from '#lib/domain/audit/node-event'
import type { IntakeReceipt } from '#lib/domain/nodes/wire'
import { type EventContext, recordEvent } from '../access/record-event'
import { now } from '../platform/clock'
import { database, type Tx } from '../platform/db/client'
import { Prisma } from '../platform/db/generated/client'
import { inTransaction } from '../platform/db/transaction'
import type { SendingNode } from './authenticate-node'

export type IncomingEvent = NodeEvent & { eventId: string; digest: string }

/**
 * Stores the events of one request in one statement. Known ones are counted as duplicates; the same id with another
 * body keeps both, raises the node's count of conflicts and writes an event.
 */
export async function storeEvents(
  node: SendingNode,
  events: IncomingEvent[],
  ctx: Omit<EventContext, 'spaceId'>,
): Promise<IntakeReceipt> {
  const at = now()
  if (!hasTwoBodies(events)) {
    const { inserted, clashes } = await insert(database(), node, events, at, ctx.originAddress, true)
    if (clashes === 0) return { accepted: inserted, duplicates: events.length - inserted, conflicts: 0 }
  }
  return inTransaction((tx) => storeWithConflicts(tx, node, events, at, ctx), 30_000)
}

/** The same id twice within one request, with different bodies. */
function hasTwoBodies(events: IncomingEvent[]): boolean {
  const digests = new Map<string, string>()
  return events.some(({ eventId, digest }) => {
    const other = digests.get(eventId)
    digests.set(eventId, digest)
    return other !== undefined && other !== digest
  })
}

async function storeWithConflicts(
  tx: Tx,
  node: SendingNode,
  events: IncomingEvent[],
  at: Date,
  ctx: Omit<EventContext, 'spaceId'>,
): Promise<IntakeReceipt> {
  const { spaceId, nodeId } = node
  // Two requests of one node with a conflict between them are told one after the other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${spaceId}|${nodeId}|conflicts`}, 3))`
  const before = await countBodies(tx, node, events)
  const { inserted } = await insert(tx, node, events, at, ctx.originAddress, false)
  const after = await countBodies(tx, node, events)
  const ids = [...after]
    .filter(([id, bodies]) => bodies > 1 && bodies > (before.get(id) ?? 0))
    .map(([id]) => id)
  const conflicts = ids.reduce((sum, id) => sum + (after.get(id) ?? 0) - Math.max(1, before.get(id) ?? 0), 0)
  if (conflicts > 0) {
    await tx.node.update({ where: { id: nodeId }, data: { conflicts: { increment: conflicts } } })
    await recordEvent(
      tx,
      { ...ctx, spaceId },
      { authUser: `node:${node.name}`, authSource: 'NODE_TOKEN' },
      {
        msgType: 'node-event-conflict',
        outcome: 'failed',
        objectType: 'node',
        objectId: nodeId,
        fields: { conflicts, eventIds: ids.slice(0, 20) },
      },
    )
  }
  return { accepted: inserted, duplicates: events.length - inserted, conflicts }
}

/** How many bodies are stored under each id. */
async function countBodies(tx: Tx, node: SendingNode, events: IncomingEvent[]): Promise<Map<string, number>> {
  const ids = [...new Set(events.map(({ eventId }) => eventId))]
  const rows = await tx.auditEvent.groupBy({
    by: ['eventId'],
    where: { spaceId: node.spaceId, nodeId: node.nodeId, eventId: { in: ids } },
    _count: true,
  })
  return new Map(rows.map((row) => [row.eventId, row._count]))
}

interface Inserted {
  inserted: number
  /** Ids already there with another body; with `unlessClash`, nothing was inserted when there are any. */
  clashes: number
}

/** One statement, so one round trip and one flush to disk. The order of the rows is that of the request. */
async function insert(
  tx: Tx,
  node: SendingNode,
  events: IncomingEvent[],
  at: Date,
  address: string,
  unlessClash: boolean,
): Promise<Inserted> {
  const column = (read: (event: IncomingEvent) => string | null) => Prisma.sql`${events.map(read)}::text[]`
  const [row] = await tx.$queryRaw<Inserted[]>`
    WITH incoming AS (
      SELECT * FROM unnest(
        ${column((e) => e.eventId)}, ${column((e) => e.stream)}, ${column((e) => e.topic)}, ${column((e) => e.msgType)},
        ${column((e) => e.outcome)}, ${column((e) => e.actor)}, ${column((e) => e.objectType)},
        ${column((e) => e.objectId)}, ${column((e) => e.projectKey)}, ${column((e) => e.line)},
        ${column((e) => e.digest)}
      ) WITH ORDINALITY AS sent (event_id, stream, topic, msg_type, outcome, actor, object_type, object_id, project_key,
        line, digest, place)
    ), clash AS (
      SELECT DISTINCT incoming.event_id FROM incoming JOIN audit_event known ON known."spaceId" = ${node.spaceId}
        AND known."nodeId" = ${node.nodeId} AND known."eventId" = incoming.event_id AND known.digest <> incoming.digest
    ), inserted AS (
      INSERT INTO audit_event ("spaceId", "nodeId", "nodeType", "receivedAt", "closesAt", "eventId", stream, topic,
        "msgType", outcome, actor, "objectType", "objectId", "projectKey", line, digest)
      SELECT ${node.spaceId}, ${node.nodeId}, ${node.type}, ${at}::timestamptz, ${at}::timestamptz, event_id, stream,
        topic, msg_type, outcome, actor, object_type, object_id, project_key, line, digest
      FROM incoming WHERE NOT ${unlessClash} OR NOT EXISTS (SELECT FROM clash) ORDER BY place
      ON CONFLICT DO NOTHING RETURNING 1
    ), seen AS (
      UPDATE node SET "lastEventAt" = ${at}::timestamptz, "lastAddress" = ${address}
      WHERE id = ${node.nodeId} AND ("lastEventAt" IS NULL OR "lastEventAt" < ${at}::timestamptz - interval '1 second')
    )
    SELECT (SELECT count(*) FROM inserted)::int AS inserted, (SELECT count(*) FROM clash)::int AS clashes`
  return row ?? { inserted: 0, clashes: 0 }
}
