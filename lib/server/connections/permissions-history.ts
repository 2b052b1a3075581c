import 'server-only'
import * as z from 'zod'
import { permissionState } from '#lib/domain/connections/permissions'
import type { HistoryEntry } from '#lib/domain/connections/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import { connectionKind } from './connection-kind'
import { type ConnectionEvent, eventsOfConnection } from './events-of-connection'
import type { ConnectionRow } from './load-connection'

const SHOWN = 100

/** Who changed the lists when and why, newest first, with what stood before and after. */
export function listPermissionsHistory(ctx: Context, name: string): Promise<{ items: HistoryEntry[] }> {
  return readAs(ctx, connectionKind, 'read-access', { name }, async ({ tx, row }) => {
    const events = await eventsOfConnection(tx, row, {
      msgTypes: ['admin-connection-permissions-save', 'admin-connection-create'],
      take: SHOWN,
    })
    return { items: events.flatMap((event) => toEntry(event) ?? []) }
  })
}

/** The newest change of the lists that is meant, or null when there was none since the connection was made. */
export async function lastPermissionsChange(
  tx: Tx,
  row: ConnectionRow,
  isMeant: (entry: HistoryEntry) => boolean = () => true,
): Promise<HistoryEntry | null> {
  const events = await eventsOfConnection(tx, row, {
    msgTypes: ['admin-connection-permissions-save'],
    take: SHOWN,
  })
  return events.map(toEntry).find((entry) => entry !== null && isMeant(entry)) ?? null
}

/** The event of a creation carries the lists it began with under `permissions`. */
const created = z.object({ permissions: permissionState })

function toEntry({ eventId, at, message, outcome }: ConnectionEvent): HistoryEntry | null {
  if (outcome !== 'success') return null
  const whole = permissionState.safeParse(message.after)
  const after = whole.success ? whole.data : created.safeParse(message.after).data?.permissions
  if (!after) return null
  const before = permissionState.safeParse(message.before)
  return {
    eventId,
    at,
    who: message.authUser,
    reason: message.reason ?? null,
    before: before.success ? before.data : null,
    after,
    names: message.names ?? {},
  }
}
