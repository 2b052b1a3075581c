import 'server-only'
import type { IntakeReceipt } from '#lib/domain/nodes/wire'
import { type EventContext, recordEvent } from '../access/record-event'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import { eventPool } from '../platform/db/pool'
import { inTransaction } from '../platform/db/transaction'
import type { SendingNode } from './authenticate-node'
import { INSERT_EVENTS, type IncomingEvent, type Inserted, insertParameters } from './insert-events'

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
    const values = insertParameters(node, events, at, ctx.originAddress, true)
    const { inserted, clashes } = await insertAlone(values)
    if (clashes === 0) return { accepted: inserted, duplicates: events.length - inserted, conflicts: 0 }
  }
  return inTransaction((tx) => storeWithConflicts(tx, node, events, at, ctx), 30_000)
}

/** The statement is a transaction of its own: when it answers, it is on disk. */
async function insertAlone(values: unknown[]): Promise<Inserted> {
  const { rows } = await eventPool().query<Inserted>({ name: 'insert-events', text: INSERT_EVENTS, values })
  return rows[0] ?? { inserted: 0, clashes: 0 }
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
  const values = insertParameters(node, events, at, ctx.originAddress, false)
  const [row] = await tx.$queryRawUnsafe<Inserted[]>(INSERT_EVENTS, ...values)
  const inserted = row?.inserted ?? 0
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
