import 'server-only'
import type { Context } from '../access/caller'
import { checkConnection } from '../connections/test-connection'
import { database } from '../platform/db/client'

/** Gives a connection that was just made its first test, so that its health is known. */
export async function checkPlatformConnection(ctx: Context, name: string): Promise<void> {
  const { spaceId } = ctx.caller
  const connection = await database().connection.findFirst({ where: { spaceId, name, removedAt: null } })
  if (connection) await checkConnection(ctx, connection.id, 'activation')
}
