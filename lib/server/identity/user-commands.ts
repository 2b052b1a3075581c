import 'server-only'
import { SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import type { UserChange } from '#lib/domain/identity/wire'
import { type Audited, changed, unchanged, writeAs } from '../access/act'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import { requireNothingLost } from '../platform/nothing-lost'
import { requireFree } from './credentials'
import {
  beginMembership,
  endMembership,
  lockAdministrators,
  requireAdministrator,
  requireGroups,
} from './memberships'
import { groupsOf, savedFieldsOf } from './user-dto'
import { type UserRef, type UserRow, userKind, userRef } from './user-kind'

/**
 * Changes the name, the e-mail address and the groups of a user. What is left out stays.
 * @throws Failure `conflict` when it would undo what others saved since the `fieldTags` that are sent; without them the last wins
 */
export function saveUser(
  ctx: Context,
  user: string | UserRef,
  { fieldTags: read, ...change }: UserChange,
): Promise<void> {
  return writeAs(ctx, userKind, 'save', userRef(user), async (authorized) => {
    const { row } = authorized
    const current = savedFieldsOf(row)
    const { name = row.name, email = row.email, groupIds = current.groupIds } = change
    const sent = { name, email, groupIds: [...new Set(groupIds)].sort() }
    if (read) requireNothingLost(`the user ${row.login}`, { current, sent, read })
    return changePerson(authorized, change)
  })
}

/** Changes a user within a transaction that may go on; as saveUser. */
export async function changePerson(
  authorized: Authorized<UserRow>,
  change: Omit<UserChange, 'fieldTags'>,
): Promise<Audited<void>> {
  const { tx, row } = authorized
  const before = { name: row.name, email: row.email, groups: groupsOf(row).map(({ name }) => name) }
  const { name = row.name, email = row.email } = change
  if (email !== row.email) await requireFree(tx, { spaceId: row.spaceId, email }, row.id)
  if (name !== row.name || email !== row.email) {
    await tx.user.update({ where: { id: row.id }, data: { name, email } })
  }
  const groups = change.groupIds
    ? await replaceGroups(authorized, change.groupIds, change.reason)
    : before.groups
  const after = { name, email, groups }
  if (JSON.stringify(after) === JSON.stringify(before)) return unchanged(undefined)
  return changed(undefined, {
    msgType: 'user-save',
    objectType: 'user',
    objectId: row.id,
    before,
    after,
    ...(change.reason ? { fields: { reason: change.reason } } : {}),
  })
}

async function replaceGroups(
  { tx, row, subject, at }: Authorized<UserRow>,
  groupIds: string[],
  reason: string | undefined,
): Promise<string[]> {
  const wanted = await requireGroups(tx, row.spaceId, groupIds)
  const act = { spaceId: row.spaceId, actor: subject.name, at, reason }
  const had = groupsOf(row)
  const left = had.filter(({ id }) => !wanted.some((group) => group.id === id))
  const leavesAdministrators = left.some(({ name }) => name === SPACE_ADMINISTRATORS)
  if (leavesAdministrators) await lockAdministrators(tx, row.spaceId)
  for (const { id } of left) await endMembership(tx, act, { groupId: id, userId: row.id })
  // What they had is left alone: others may be ending it at this moment.
  const joined = wanted.filter(({ id }) => !had.some((group) => group.id === id))
  for (const { id } of joined) await beginMembership(tx, act, id, { userId: row.id })
  if (leavesAdministrators) await requireAdministrator(tx, row.spaceId)
  return wanted.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en'))
}

/** Locks a user out: sessions end now, personal keys at their next use. */
export function disableUser(ctx: Context, user: string | UserRef, reason?: string): Promise<void> {
  return writeAs(ctx, userKind, 'disable', userRef(user), (authorized) => lockOut(authorized, reason))
}

/** Locks a user out within a transaction that may go on; as disableUser. */
export async function lockOut({ tx, row, at }: Authorized<UserRow>, reason?: string): Promise<Audited<void>> {
  if (row.disabledAt) return unchanged(undefined)
  await lockAdministrators(tx, row.spaceId)
  await tx.user.update({ where: { id: row.id }, data: { disabledAt: at } })
  await requireAdministrator(tx, row.spaceId)
  const { count } = await tx.session.deleteMany({ where: { spaceId: row.spaceId, userId: row.id } })
  return changed(undefined, {
    msgType: 'user-disable',
    objectType: 'user',
    objectId: row.id,
    before: { disabled: false },
    after: { disabled: true },
    fields: { login: row.login, endedSessions: count, ...(reason ? { reason } : {}) },
  })
}

/** Lets a disabled user in again, with the groups they still have. */
export function enableUser(ctx: Context, user: string | UserRef): Promise<void> {
  return writeAs(ctx, userKind, 'enable', userRef(user), letIn)
}

/** Lets a disabled user in again within a transaction that may go on; as enableUser. */
export async function letIn({ tx, row }: Authorized<UserRow>): Promise<Audited<void>> {
  if (!row.disabledAt) return unchanged(undefined)
  await tx.user.update({ where: { id: row.id }, data: { disabledAt: null } })
  return changed(undefined, {
    msgType: 'user-enable',
    objectType: 'user',
    objectId: row.id,
    before: { disabled: true },
    after: { disabled: false },
    fields: { login: row.login },
  })
}
