import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import type { ApiKey } from '#lib/domain/identity/wire'
import { can } from '../access/resource-kind'
import { type KeyRow, keyKind } from './key-kind'

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
