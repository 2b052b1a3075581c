import 'server-only'
import type { Tx } from '../platform/db/client'

/**
 * The groups of these ids that live, kept from being deleted until this transaction has given them something. Who deletes one waits,
 * and then sees what was given.
 */
export async function holdGroups(tx: Tx, spaceId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "group" WHERE "spaceId" = ${spaceId} AND "id" = ANY(${ids}) AND "deletedAt" IS NULL
    ORDER BY "id" FOR KEY SHARE`
  return new Set(found.map(({ id }) => id))
}

/** Waits for those who are giving a group something, and keeps others from it, so that it can be deleted. */
export async function awaitGivers(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "group" WHERE "id" = ${id} FOR UPDATE`
}
