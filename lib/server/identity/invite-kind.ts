import 'server-only'
import { administratorsOnly } from '#lib/domain/access/subject'
import type { ResourceKind } from '../access/resource-kind'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import { openAt } from './one-time-links'

const load = (tx: Tx, spaceId: string, { inviteId }: { inviteId: string }) =>
  tx.oneTimeLink.findFirst({ where: { spaceId, kind: 'invite', id: inviteId, ...openAt(now()) } })

type InviteRow = NonNullable<Awaited<ReturnType<typeof load>>>

/** An invitation that is still open. */
export const inviteKind: ResourceKind<{ inviteId: string }, InviteRow, 'revoke'> = {
  name: 'invite',
  load,
  lock: (row) => ({ table: 'one_time_link', id: row.id }),
  describe: (row) => ({ objectId: row.id, name: row.email ?? row.id }),
  actions: {
    revoke: { allows: administratorsOnly, event: { msgType: 'invite-revoke', when: 'changed' } },
  },
}
