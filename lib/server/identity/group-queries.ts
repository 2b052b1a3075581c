import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import type { Group, GroupDetails, Groups } from '#lib/domain/identity/wire'
import { readAs } from '../access/act'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import { can } from '../access/resource-kind'
import { tagFields } from '../platform/tag-fields'
import { directoryKind } from './directory-kind'
import { type GroupRow, groupKind, withCounts } from './group-kind'

/** Former members that are given with a group. */
const PAST_MOST = 100

/** The groups of the space, those from the start first. */
export function listGroups(ctx: Context): Promise<Groups> {
  return readAs(ctx, directoryKind, 'list-groups', null, async ({ tx, row, subject, at }) => {
    const found = await tx.group.findMany({
      where: { spaceId: row.id, deletedAt: null },
      orderBy: [{ builtIn: 'desc' }, { name: 'asc' }],
      include: withCounts(at),
    })
    return {
      groups: found.map((group) => toGroup(group, subject, at)),
      canCreate: can(directoryKind, 'create-group', subject, row, at).allowed,
    }
  })
}

/** One group with its members: since when, by whom and why. */
export function getGroup(ctx: Context, groupId: string): Promise<GroupDetails> {
  return readAs(ctx, groupKind, 'read', { groupId }, async (authorized) => {
    const { row, subject, at } = authorized
    const group = toGroup(row, subject, at)
    const [members, past] = [await currentMembers(authorized, group.canEdit), await pastMembers(authorized)]
    return { ...group, members, past }
  })
}

async function currentMembers({ tx, row, at }: Authorized<GroupRow>, canRemove: boolean) {
  const found = await tx.membership.findMany({
    where: { spaceId: row.spaceId, groupId: row.id, userId: { not: null }, ...currentAt(at) },
    include: { user: true },
    orderBy: { user: { name: 'asc' } },
  })
  return found.flatMap(({ user, from, actor, reason }) =>
    user
      ? [
          {
            userId: user.id,
            login: user.login,
            name: user.name,
            disabled: user.disabledAt !== null,
            from: from.toISOString(),
            actor,
            reason,
            canRemove,
          },
        ]
      : [],
  )
}

async function pastMembers({ tx, row, at }: Authorized<GroupRow>) {
  const found = await tx.membership.findMany({
    where: { spaceId: row.spaceId, groupId: row.id, userId: { not: null }, until: { lte: at } },
    include: { user: true },
    orderBy: { until: 'desc' },
    take: PAST_MOST,
  })
  return found.flatMap(({ user, from, until, endedBy, endedReason }) =>
    user && until
      ? [
          {
            login: user.login,
            name: user.name,
            from: from.toISOString(),
            until: until.toISOString(),
            endedBy: endedBy ?? '',
            reason: endedReason,
          },
        ]
      : [],
  )
}

/** The fields of a group that people save. */
export const savedFieldsOf = ({ name, description }: Pick<Group, 'name' | 'description'>) => ({
  name,
  description,
})

/** A group as the caller may see and change it. */
export function toGroup(row: GroupRow, subject: Subject, at: Date): Group {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    fieldTags: tagFields(savedFieldsOf(row)),
    builtIn: row.builtIn,
    people: row.memberships.filter(({ user }) => user && !user.disabledAt).length,
    keys: row.memberships.filter(({ keyId }) => keyId).length,
    canEdit: can(groupKind, 'save', subject, row, at).allowed,
    canDelete: !row.builtIn && can(groupKind, 'delete', subject, row, at).allowed,
  }
}
