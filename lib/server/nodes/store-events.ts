import 'server-only'
import type { IntakeReceipt } from '#lib/domain/nodes/wire'
import { type EventContext, recordEvent } from '../access/record-event'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import { eventPool } from '../platform/db/pool'
import { inTransaction, isUniqueViolation } from '../platform/db/transaction'
import type { SendingNode } from './authenticate-node'
import {
  INSERT_NEW_EVENTS,
  INSERT_UNKNOWN_EVENTS,
  type IncomingEvent,
  insertParameters,
} from './insert-events'

/**
 * Stores the events of one request. Known ones are counted as duplicates; the same id with another body keeps both,
 * raises the node's count of conflicts and writes an event.
 */
export async function storeEvents(
  node: SendingNode,
  events: IncomingEvent[],
  ctx: Omit<EventContext, 'spaceId'>,
): Promise<IntakeReceipt> {
  const values = insertParameters(node, events, now(), ctx.originAddress)
  const distinct = new Set(events.map(({ eventId }) => eventId)).size === events.length
  if (distinct && (await storeNew(values))) {
    return { accepted: events.length, duplicates: 0, conflicts: 0 }
  }
  return inTransaction((tx) => storeWithConflicts(tx, node, events, values, ctx), 30_000)
}

/** The usual request: every id is new. The statement is a transaction of its own; when it answers, it is on disk. */
async function storeNew(values: unknown[]): Promise<boolean> {
  try {
    const { rows } = await eventPool().query<{ inserted: number }>({
      name: 'insert-new-events',
      text: INSERT_NEW_EVENTS,
      values,
    })
    return (rows[0]?.inserted ?? 0) > 0
  } catch (error) {
    // The same request twice at the same time.
    if (isUniqueViolation(error)) return false
    throw error
  }
}

async function storeWithConflicts(
  tx: Tx,
  node: SendingNode,
  events: IncomingEvent[],
  values: unknown[],
  ctx: Omit<EventContext, 'spaceId'>,
): Promise<IntakeReceipt> {
  const { spaceId, nodeId } = node
  // Two requests of one node with a conflict between them are told one after the other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${spaceId}|${nodeId}|conflicts`}, 3))`
  const before = await countBodies(tx, node, events)
  const [row] = await tx.$queryRawUnsafe<{ inserted: number }[]>(INSERT_UNKNOWN_EVENTS, ...values)
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
