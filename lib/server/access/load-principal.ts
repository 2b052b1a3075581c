import 'server-only'
import type { Tx } from '../platform/db/client'
import { Prisma } from '../platform/db/generated/client'

// One statement each: they go before whatever anyone does, and by way of the query builder they are three to six.

export interface LoadedGroup {
  id: string
  name: string
}

interface LoadedUser {
  login: string
  disabledAt: Date | null
  groups: LoadedGroup[]
}

interface LoadedKey {
  kind: string
  label: string
  admin: boolean
  projectId: string | null
  level: string | null
  madeById: string | null
  /** Of a personal key; its groups are those of its owner. */
  ownerId: string | null
  ownerLogin: string | null
  ownerDisabledAt: Date | null
  groups: LoadedGroup[]
}

/** A user, disabled or not, with the groups of the moment `at`. */
export async function loadUser(
  tx: Tx,
  spaceId: string,
  userId: string,
  at: Date,
): Promise<LoadedUser | null> {
  const [user] = await tx.$queryRaw<LoadedUser[]>`
    SELECT login, "disabledAt", ${groupsOf(Prisma.sql`m."userId" = "user".id`, spaceId, at)} AS groups
    FROM "user" WHERE "spaceId" = ${spaceId} AND id = ${userId}`
  return user ?? null
}

/** A key with the groups of the moment `at`; null when it is not in force then. */
export async function loadKey(tx: Tx, spaceId: string, keyId: string, at: Date): Promise<LoadedKey | null> {
  const holder = Prisma.sql`m."userId" = owner.id OR owner.id IS NULL AND m."keyId" = key.id`
  const [key] = await tx.$queryRaw<LoadedKey[]>`
    SELECT key.kind, key.label, key.admin, key."projectId", key.level, key."madeById",
      owner.id AS "ownerId", owner.login AS "ownerLogin", owner."disabledAt" AS "ownerDisabledAt",
      ${groupsOf(holder, spaceId, at)} AS groups
    FROM api_key key LEFT JOIN "user" owner
      ON key.kind = 'personal' AND owner."spaceId" = key."spaceId" AND owner.id = key."ownerId"
    WHERE key."spaceId" = ${spaceId} AND key.id = ${keyId} AND ${inForce('key', at)}`
  return key ?? null
}

const groupsOf = (holder: Prisma.Sql, spaceId: string, at: Date) => Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object('id', g.id, 'name', g.name)), '[]')
  FROM membership m JOIN "group" g ON g."spaceId" = m."spaceId" AND g.id = m."groupId"
  WHERE m."spaceId" = ${spaceId} AND (${holder}) AND ${inForce('m', at)})`

/** `currentAt` in SQL. */
const inForce = (table: 'key' | 'm', at: Date) => {
  const [from, until] = [Prisma.raw(`${table}."from"`), Prisma.raw(`${table}."until"`)]
  return Prisma.sql`${from} <= ${at}::timestamptz AND (${until} IS NULL OR ${until} > ${at}::timestamptz)`
}
