import 'server-only'
import { SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'
import type { Tx } from '../platform/db/client'
import { newId } from '../platform/ids'
import { holdGroups } from './hold-groups'

/** Whose membership it is, who decides, and when. */
export interface MembershipAct {
  spaceId: string
  actor: string
  at: Date
  reason?: string | undefined
}

type Member = { userId: string } | { keyId: string }

/** Begins a membership, unless it is there already. */
export async function beginMembership(
  tx: Tx,
  act: MembershipAct,
  groupId: string,
  member: Member,
): Promise<void> {
  const { spaceId, actor, at, reason } = act
  const there = await tx.membership.count({ where: { spaceId, groupId, ...member, until: null } })
  if (there > 0) return
  await tx.membership.create({
    data: { id: newId(), spaceId, groupId, ...member, from: at, actor, reason: reason || null },
  })
}

/** Ends a membership; the interval stays in the history. */
export async function endMembership(
  tx: Tx,
  act: MembershipAct,
  which: { groupId?: string; userId?: string; keyId?: string },
): Promise<number> {
  const { spaceId, actor, at, reason } = act
  const { count } = await tx.membership.updateMany({
    where: { spaceId, ...which, until: null },
    data: { until: at, endedBy: actor, endedReason: reason || null },
  })
  return count
}

/**
 * Takes the group of administrators for this transaction. Whoever else takes somebody out of it, or disables somebody, waits
 * here and then counts those who are left: two who remove each other at once cannot both succeed.
 */
export async function lockAdministrators(tx: Tx, spaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "group" WHERE "spaceId" = ${spaceId} AND "name" = ${SPACE_ADMINISTRATORS} FOR NO KEY UPDATE`
}

/** @throws Failure `conflict` when no active person would be left in the group of administrators */
export async function requireAdministrator(tx: Tx, spaceId: string): Promise<void> {
  const left = await tx.membership.count({
    where: { spaceId, until: null, group: { name: SPACE_ADMINISTRATORS }, user: { disabledAt: null } },
  })
  if (left > 0) return
  throw new Failure('conflict', 'This would leave the space without an administrator.', {
    reason: 'last-administrator',
    remedy: `Add someone else to ${SPACE_ADMINISTRATORS} first.`,
  })
}

/** The ids of groups by name. @throws Failure `validation_failed` naming one that is not there, and the field */
export async function groupIdsNamed(
  tx: Tx,
  spaceId: string,
  names: readonly string[],
  path: string[] = ['groups'],
): Promise<string[]> {
  const wanted = [...new Set(names)]
  const found = await tx.group.findMany({
    where: { spaceId, name: { in: wanted }, deletedAt: null },
    select: { id: true, name: true },
  })
  const absent = wanted.find((name) => !found.some((group) => group.name === name))
  if (absent === undefined) return found.map(({ id }) => id)
  const message = `There is no group called ${absent}.`
  throw new Failure('validation_failed', message, {
    reason: 'group-not-found',
    issues: [{ reason: 'group-not-found', message, path }],
  })
}

/** The groups of these ids, all of them live. @throws Failure `validation_failed` naming the field */
export async function requireGroups(
  tx: Tx,
  spaceId: string,
  groupIds: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const wanted = [...new Set(groupIds)]
  const held = await holdGroups(tx, spaceId, wanted)
  const found = await tx.group.findMany({
    where: { spaceId, id: { in: [...held] } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  if (found.length === wanted.length) return found
  const message = 'One of these groups is not there any more.'
  throw new Failure('validation_failed', message, {
    reason: 'group-not-found',
    issues: [{ reason: 'group-not-found', message, path: ['groupIds'] }],
  })
}
