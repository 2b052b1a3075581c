import 'server-only'
import type { ActivityEntry } from '#lib/domain/connections/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { connectionKind } from './connection-kind'
import { eventsOfConnection } from './events-of-connection'

const PAGE = 50

/** The events about a connection, newest first; `before` is the cursor that the page before gave. */
export function listActivity(
  ctx: Context,
  name: string,
  before?: string,
): Promise<{ items: ActivityEntry[]; next: string | null }> {
  return readAs(ctx, connectionKind, 'read-activity', { name }, async ({ tx, row }) => {
    const events = await eventsOfConnection(tx, row, {
      take: PAGE,
      ...(before === undefined ? {} : { before: BigInt(before) }),
    })
    const items = events.map((event) => ({
      eventId: event.eventId,
      at: event.at,
      who: event.message.authUser,
      msgType: event.msgType,
      outcome: event.outcome as ActivityEntry['outcome'],
      count: event.repeats,
      originAddress: event.message.originAddress,
      reason: event.message.reason ?? null,
    }))
    return { items, next: events.length < PAGE ? null : String(events.at(-1)?.seq) }
  })
}
