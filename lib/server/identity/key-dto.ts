import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import type { ApiKey } from '#lib/domain/identity/wire'
import { can } from '../access/resource-kind'
import { tagFields } from '../platform/tag-fields'
import { type KeyRow, keyKind } from './key-kind'

/** The fields of a global key that people save; the groups by id, since names of groups change. */
export const savedFieldsOf = (row: KeyRow) => ({
  label: row.label,
  description: row.description,
  groupIds: row.memberships.map(({ group }) => group.id).sort(),
})

/** A key as the caller may see it; never the key itself. */
export function toApiKey(row: KeyRow, subject: Subject, at: Date): ApiKey {
  return {
    id: row.id,
    kind: row.kind as ApiKey['kind'],
    label: row.label,
    description: row.description,
    admin: row.admin,
    owner: row.owner,
    groups: row.memberships.map(({ group }) => group),
    fieldTags: tagFields(savedFieldsOf(row)),
    level: row.level as ApiKey['level'],
    prefix: row.prefix,
    createdBy: row.createdBy,
    createdAt: row.from.toISOString(),
    expiresAt: row.until?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    canEdit: can(keyKind, 'save', subject, row, at).allowed,
    canRevoke: can(keyKind, 'revoke', subject, row, at).allowed,
  }
}
