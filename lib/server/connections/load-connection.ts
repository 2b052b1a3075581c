import 'server-only'
import type { ConnectionFacts, GrantFacts } from '#lib/domain/connections/policy'
import { currentAt } from '../access/current'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import { escapeLike } from '../platform/db/escape-like'
import type { Prisma } from '../platform/db/generated/client'

/** One connection, by the name it has while it lives, or by its id. */
export type ConnectionRef = { name: string } | { id: string }

/** A line of the lists with where it comes from. */
export interface GrantRow extends GrantFacts {
  id: string
  actor: string
  reason: string | null
}

/** A connection with what its policy looks at: the lists and the switch in force at this moment. */
export interface ConnectionRow extends StoredConnection, ConnectionFacts {
  grants: readonly GrantRow[]
}

const included = (at: Date) =>
  ({
    grants: { where: currentAt(at), include: { group: { select: { name: true } } } },
    switches: { where: currentAt(at) },
  }) satisfies Prisma.ConnectionInclude

type Loaded = Prisma.ConnectionGetPayload<{ include: ReturnType<typeof included> }>
type StoredConnection = Omit<Loaded, 'grants' | 'switches'>

/** Loads a live connection; null when there is none of that name or id in the space. */
export async function loadConnection(
  tx: Tx,
  spaceId: string,
  ref: ConnectionRef,
): Promise<ConnectionRow | null> {
  const which: Prisma.ConnectionWhereInput =
    // Prisma's case-insensitive equality is a LIKE.
    'id' in ref ? { id: ref.id } : { name: { equals: escapeLike(ref.name), mode: 'insensitive' } }
  const found = await tx.connection.findFirst({
    where: { spaceId, removedAt: null, ...which },
    include: included(now()),
  })
  return found && toRow(found)
}

/** Loads the connections of a space, by name: live ones, or those with the given ids, removed ones too. */
export async function loadConnections(tx: Tx, spaceId: string, ids?: string[]): Promise<ConnectionRow[]> {
  const found = await tx.connection.findMany({
    where: ids === undefined ? { spaceId, removedAt: null } : { spaceId, id: { in: ids } },
    include: included(now()),
    orderBy: { name: 'asc' },
  })
  return found.map(toRow)
}

function toRow({ grants, switches, ...row }: Loaded): ConnectionRow {
  const lines = grants.map(
    ({ group, ...grant }): GrantRow => ({
      ...grant,
      kind: grant.kind as GrantFacts['kind'],
      principal: grant.principal as GrantFacts['principal'],
      groupName: group?.name ?? null,
    }),
  )
  return { ...row, grants: lines, readRequired: switches.some((line) => line.required) }
}
