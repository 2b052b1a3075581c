import 'server-only'
import * as z from 'zod'
import type { MsgType } from '#lib/domain/audit/vocabulary'
import type { Tx } from '../platform/db/client'
import type { ConnectionRow } from './load-connection'

/** What activity and history read of an event's line. */
const message = z.object({
  authUser: z.string().default(''),
  originAddress: z.string().default(''),
  reason: z.string().nullish(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  names: z.record(z.string(), z.string()).optional(),
})
const envelope = z.object({ message })

export interface ConnectionEvent {
  seq: bigint
  eventId: string
  at: string
  msgType: string
  outcome: string
  repeats: number
  message: z.infer<typeof message>
}

/** Our own events about a connection, newest first, since it was made: an older one of that name is another. */
export async function eventsOfConnection(
  tx: Tx,
  row: ConnectionRow,
  options: { msgTypes?: MsgType[]; before?: bigint; take: number },
): Promise<ConnectionEvent[]> {
  const found = await tx.auditEvent.findMany({
    where: {
      spaceId: row.spaceId,
      nodeId: 'launchpad',
      objectType: 'connection',
      objectId: row.name,
      receivedAt: { gte: row.createdAt },
      ...(options.msgTypes ? { msgType: { in: options.msgTypes } } : {}),
      ...(options.before === undefined ? {} : { seq: { lt: options.before } }),
    },
    orderBy: { seq: 'desc' },
    take: options.take,
  })
  return found.map((event) => ({
    seq: event.seq,
    eventId: event.eventId,
    at: event.receivedAt.toISOString(),
    msgType: event.msgType,
    outcome: event.outcome ?? 'success',
    repeats: event.repeats,
    message: envelope.parse(JSON.parse(event.line)).message,
  }))
}
