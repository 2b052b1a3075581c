import 'server-only'
import { ALLOWED, administratorsOnly } from '#lib/domain/access/subject'
import type { ResourceKind } from '../access/resource-kind'
import type { Tx } from '../platform/db/client'

const load = (tx: Tx, spaceId: string) => tx.space.findUnique({ where: { id: spaceId } })

export type SpaceRow = NonNullable<Awaited<ReturnType<typeof load>>>

/** The caller's own space: there is no way to name another. */
export const spaceKind: ResourceKind<null, SpaceRow, 'enter' | 'read-settings' | 'save'> = {
  name: 'space',
  load,
  lock: (row) => ({ table: 'space', id: row.id }),
  describe: (row) => ({ objectId: row.id, name: row.name }),
  actions: {
    enter: {
      allows: () => ALLOWED,
      event: { msgType: 'session-read', when: 'denied-only', because: 'who one is oneself, polled by pages' },
    },
    'read-settings': {
      allows: administratorsOnly,
      event: { msgType: 'space-settings-read', when: 'denied-only', because: 'metadata without secrets' },
    },
    save: {
      allows: administratorsOnly,
      event: { msgType: 'space-save', when: 'changed' },
    },
  },
}
