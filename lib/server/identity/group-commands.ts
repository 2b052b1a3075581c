import 'server-only'
import { SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'
import type { Group, GroupChange, GroupInput, MembersInput } from '#lib/domain/identity/wire'
import { type Audited, changed, unchanged, writeAs } from '../access/act'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import { newId } from '../platform/ids'
import { requireNothingLost } from '../platform/nothing-lost'
import { directoryKind } from './directory-kind'
import { type GroupRef, type GroupRow, groupKind, groupRef } from './group-kind'
import { savedFieldsOf, toGroup } from './group-queries'
import { awaitGivers } from './hold-groups'
import { beginMembership, endMembership, lockAdministrators, requireAdministrator } from './memberships'

/** @throws Failure `conflict` when the name is taken */
export function createGroup(ctx: Context, { name, description }: GroupInput): Promise<Group> {
  return writeAs(ctx, directoryKind, 'create-group', null, async ({ tx, row, subject, at }) => {
    await requireFreeName(tx, row.id, name)
    const group = await tx.group.create({ data: { id: newId(), spaceId: row.id, name, description } })
    return changed(toGroup({ ...group, memberships: [] }, subject, at), {
      msgType: 'group-create',
      objectType: 'group',
      objectId: group.id,
      after: { name, description },
    })
  })
}

/**
 * Renames or describes a group. The name of a built-in one stays.
 * @throws Failure `conflict` when it would undo what others saved since the `fieldTags` that are sent; without them the last wins
 */
export function saveGroup(
  ctx: Context,
  group: string | GroupRef,
  { fieldTags: read, ...change }: GroupChange,
): Promise<void> {
  return writeAs(ctx, groupKind, 'save', groupRef(group), async (authorized) => {
    const { row } = authorized
    const current = savedFieldsOf(row)
    if (read) requireNothingLost(`the group ${row.name}`, { current, sent: { ...current, ...change }, read })
    return changeGroup(authorized, change)
  })
}

/** Changes a group within a transaction that may go on; as saveGroup. */
export async function changeGroup(
  { tx, row }: Authorized<GroupRow>,
  change: Omit<GroupChange, 'fieldTags'>,
): Promise<Audited<void>> {
  const before = savedFieldsOf(row)
  const after = { name: change.name ?? row.name, description: change.description ?? row.description }
  if (after.name !== before.name) {
    if (row.builtIn) throw builtIn(row.name, 'renamed')
    await requireFreeName(tx, row.spaceId, after.name, row.id)
  }
  if (JSON.stringify(after) === JSON.stringify(before)) return unchanged(undefined)
  await tx.group.update({ where: { id: row.id }, data: after })
  return changed(undefined, { msgType: 'group-save', objectType: 'group', objectId: row.id, before, after })
}

/**
 * Deletes a group: its memberships end, its row stays for the history under a name that says so.
 * @throws Failure `conflict` for a built-in group, and while connections or projects still name it
 */
export function deleteGroup(ctx: Context, group: string | GroupRef, reason?: string): Promise<void> {
  return writeAs(ctx, groupKind, 'delete', groupRef(group), async ({ tx, row, subject, at }) => {
    if (row.builtIn) throw builtIn(row.name, 'deleted')
    await awaitGivers(tx, row.id)
    await requireUnused(tx, row)
    const ended = await endMembership(
      tx,
      { spaceId: row.spaceId, actor: subject.name, at, reason: reason || 'group deleted' },
      { groupId: row.id },
    )
    const name = `${row.name} (deleted ${at.toISOString().slice(0, 10)}, ${row.id.slice(-6)})`
    await tx.group.update({ where: { id: row.id }, data: { name, deletedAt: at } })
    return changed(undefined, {
      msgType: 'group-delete',
      objectType: 'group',
      objectId: row.id,
      before: { name: row.name, description: row.description },
      fields: { endedMemberships: ended, ...(reason ? { reason } : {}) },
    })
  })
}

/** Adds people to a group; those who are in it already stay as they are. */
export function addMembers(ctx: Context, groupId: string, { userIds, reason }: MembersInput): Promise<void> {
  return writeAs(ctx, groupKind, 'save', { groupId }, async ({ tx, row, subject, at }) => {
    const inside = new Set(row.memberships.map(({ userId }) => userId))
    const users = await tx.user.findMany({ where: { spaceId: row.spaceId, id: { in: userIds } } })
    if (users.length < new Set(userIds).size) {
      throw new Failure('validation_failed', 'One of these people is not in this space.', {
        reason: 'user-not-found',
      })
    }
    const added = users.filter(({ id }) => !inside.has(id))
    if (added.length === 0) return unchanged(undefined)
    const act = { spaceId: row.spaceId, actor: subject.name, at, reason }
    for (const { id } of added) await beginMembership(tx, act, row.id, { userId: id })
    return changed(undefined, {
      msgType: 'group-save',
      objectType: 'group',
      objectId: row.id,
      fields: { group: row.name, added: added.map(({ login }) => login), ...(reason ? { reason } : {}) },
    })
  })
}

/** Takes a person out of a group. @throws Failure `conflict` for the last active administrator */
export function removeMember(ctx: Context, groupId: string, userId: string, reason?: string): Promise<void> {
  return writeAs(ctx, groupKind, 'save', { groupId }, async ({ tx, row, subject, at }) => {
    const guarded = row.name === SPACE_ADMINISTRATORS
    if (guarded) await lockAdministrators(tx, row.spaceId)
    const act = { spaceId: row.spaceId, actor: subject.name, at, reason }
    const ended = await endMembership(tx, act, { groupId: row.id, userId })
    if (ended === 0) return unchanged(undefined)
    if (guarded) await requireAdministrator(tx, row.spaceId)
    const { login } = await tx.user.findUniqueOrThrow({
      where: { spaceId_id: { spaceId: row.spaceId, id: userId } },
    })
    return changed(undefined, {
      msgType: 'group-save',
      objectType: 'group',
      objectId: row.id,
      fields: { group: row.name, removed: [login], ...(reason ? { reason } : {}) },
    })
  })
}

async function requireFreeName(tx: Tx, spaceId: string, name: string, exceptId?: string): Promise<void> {
  // Of two who take one name at once, the second is told.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${spaceId}|group|${name.toLowerCase()}`}, 2))`
  const equals = { equals: name, mode: 'insensitive' } as const
  const other = exceptId ? { id: { not: exceptId } } : {}
  if ((await tx.group.count({ where: { spaceId, name: equals, ...other } })) === 0) return
  const message = `A group called ${name} is here already.`
  const issues = [{ reason: 'name-taken', message, path: ['name'] }]
  throw new Failure('conflict', message, { reason: 'name-taken', issues })
}

/** A group that something is shared with is taken off there first, where the effect is shown. */
async function requireUnused(tx: Tx, group: { spaceId: string; id: string; name: string }): Promise<void> {
  const where = { spaceId: group.spaceId, groupId: group.id, until: null }
  const grants = await tx.connectionGrant.findMany({
    where: { ...where, connection: { removedAt: null } },
    select: { connection: { select: { name: true } } },
  })
  const members = await tx.projectMember.findMany({
    where: { ...where, project: { removedAt: null } },
    select: { project: { select: { key: true } } },
  })
  const users = [...grants.map((one) => one.connection.name), ...members.map((one) => one.project.key)]
  if (users.length === 0) return
  throw new Failure('conflict', `${group.name} still has access to ${[...new Set(users)].join(', ')}.`, {
    reason: 'group-in-use',
    where: group.name,
    remedy: 'Take the group off their permissions first; what that changes is shown there.',
  })
}

const builtIn = (name: string, what: string) =>
  new Failure('conflict', `${name} is a built-in group and cannot be ${what}.`, { reason: 'built-in-group' })
