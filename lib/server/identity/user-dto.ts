import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import type { User } from '#lib/domain/identity/wire'
import { can } from '../access/resource-kind'
import { tagFields } from '../platform/tag-fields'
import { type UserRow, userKind } from './user-kind'

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en')

/** The groups of a user by name. */
export const groupsOf = (row: Pick<UserRow, 'memberships'>) =>
  row.memberships.map(({ group }) => ({ id: group.id, name: group.name })).sort(byName)

/** The fields of a user that people save; the groups by id, since names of groups change. */
export const savedFieldsOf = (row: UserRow) => ({
  name: row.name,
  email: row.email,
  groupIds: groupsOf(row)
    .map(({ id }) => id)
    .sort(),
})

/** A user as the caller may see and change them. */
export function toUser(row: UserRow, subject: Subject, at: Date): User {
  const may = (action: keyof typeof userKind.actions) => can(userKind, action, subject, row, at).allowed
  const disabled = row.disabledAt !== null
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    email: row.email,
    groups: groupsOf(row),
    fieldTags: tagFields(savedFieldsOf(row)),
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    lastSeenAt: row.sessions[0]?.updatedAt.toISOString() ?? null,
    canEdit: may('save'),
    canDisable: !disabled && may('disable'),
    canEnable: disabled && may('enable'),
    canReset: !disabled && may('reset'),
  }
}
