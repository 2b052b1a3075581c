import 'server-only'
import { mayRevokeKey } from '#lib/domain/identity/policy'
import { currentAt } from '../access/current'
import type { ResourceKind } from '../access/resource-kind'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'

/** What a key is shown with: the groups of this moment. */
export const withKeyGroups = (at: Date) =>
  ({
    memberships: {
      where: { ...currentAt(at), group: { deletedAt: null } },
      include: { group: { select: { id: true, name: true } } },
    },
  }) as const

/** A key that has ended is not there any more: its life stays in the table and in the events. */
const load = (tx: Tx, spaceId: string, { keyId }: { keyId: string }) =>
  tx.apiKey.findFirst({ where: { spaceId, id: keyId, ...currentAt(now()) }, include: withKeyGroups(now()) })

export type KeyRow = NonNullable<Awaited<ReturnType<typeof load>>>

export const keyKind: ResourceKind<{ keyId: string }, KeyRow, 'revoke'> = {
  name: 'api-key',
  load,
  describe: (row) => ({ objectId: row.id, name: row.label }),
  actions: {
    revoke: { allows: mayRevokeKey, event: { msgType: 'personal-api-key-delete', when: 'changed' } },
  },
}
