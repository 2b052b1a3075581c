import 'server-only'
import { allowIf, refuseUnseen } from '#lib/domain/access/subject'
import type { ResourceKind } from '../access/resource-kind'
import type { Tx } from '../platform/db/client'

const load = (tx: Tx, spaceId: string, id: string) =>
  tx.group.findUnique({ where: { spaceId_id: { spaceId, id } } })

type Note = NonNullable<Awaited<ReturnType<typeof load>>>

/**
 * The smallest noun there is, for tests of the door itself: a group's description, which its members read and
 * administrators write. Those outside `designers` do not even see it.
 */
export const noteKind: ResourceKind<string, Note, 'read' | 'glance' | 'write'> = {
  name: 'note',
  load,
  lock: ({ id }) => ({ table: 'group', id }),
  describe: ({ id, name }) => ({ objectId: id, name }),
  actions: {
    read: {
      allows: ({ groupIds, isAdministrator }, { id }) =>
        isAdministrator || groupIds.has(id) ? { allowed: true } : refuseUnseen('to be in the group'),
      event: { msgType: 'groups-list', when: 'read' },
    },
    glance: {
      allows: ({ groupIds }, { id }) => allowIf(groupIds.has(id), 'to be in the group'),
      event: { msgType: 'directory-list', when: 'denied-only', because: 'a glance is no act' },
    },
    write: {
      allows: ({ isAdministrator }) => allowIf(isAdministrator, 'to be a space administrator'),
      event: { msgType: 'group-save', when: 'changed' },
    },
  },
}
