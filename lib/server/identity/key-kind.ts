import 'server-only'
import { administratorsAndAuditors } from '#lib/domain/access/subject'
import { mayRevokeKey, maySaveKey } from '#lib/domain/identity/policy'
import { currentAt } from '../access/current'
import type { ResourceKind } from '../access/resource-kind'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'

/** What a key is shown with and decided by: the groups of this moment, and of a project key who administers the project. */
export const withKeyGroups = (at: Date) =>
  ({
    memberships: {
      where: { ...currentAt(at), group: { deletedAt: null } },
      include: { group: { select: { id: true, name: true } } },
    },
    owner: { select: { login: true, name: true } },
    project: {
      select: {
        id: true,
        key: true,
        ownerId: true,
        members: { where: currentAt(at), select: { level: true, groupId: true, userId: true } },
      },
    },
  }) as const

/** A key that has ended is not there any more: its life stays in the table and in the events. */
const load = (tx: Tx, spaceId: string, { keyId, kind }: KeyRef) =>
  tx.apiKey.findFirst({
    where: { spaceId, id: keyId, ...(kind ? { kind } : {}), ...currentAt(now()) },
    include: withKeyGroups(now()),
  })

/** A key by its id; with `kind`, another kind's is not there. */
export interface KeyRef {
  keyId: string
  kind?: 'personal' | 'global' | 'project'
}

export type KeyRow = NonNullable<Awaited<ReturnType<typeof load>>>

export const keyKind: ResourceKind<KeyRef, KeyRow, 'read' | 'save' | 'revoke'> = {
  name: 'api-key',
  load,
  lock: (row) => ({ table: 'api_key', id: row.id }),
  describe: (row) => ({ objectId: row.id, name: row.label }),
  actions: {
    read: {
      allows: (subject, row) =>
        row.kind === 'global' ? administratorsAndAuditors(subject) : mayRevokeKey(subject, row),
      event: { msgType: 'api-keys-list', when: 'read' },
    },
    save: { allows: maySaveKey, event: { msgType: 'global-api-key-save', when: 'changed' } },
    revoke: { allows: mayRevokeKey, event: { msgType: 'personal-api-key-delete', when: 'changed' } },
  },
}
