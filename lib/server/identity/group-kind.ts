import 'server-only'
import { administratorsAndAuditors, administratorsOnly } from '#lib/domain/access/subject'
import { currentAt } from '../access/current'
import type { ResourceKind } from '../access/resource-kind'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'

/** What a group is shown with: how many people and keys are in it at this moment. */
export const withCounts = (at: Date) =>
  ({
    memberships: {
      where: currentAt(at),
      select: { userId: true, keyId: true, user: { select: { disabledAt: true } } },
    },
  }) as const

/** A group by its id, or by its name. */
export type GroupRef = { groupId: string } | { name: string }

/** What verbs take: an id, or a reference. */
export const groupRef = (group: string | GroupRef): GroupRef =>
  typeof group === 'string' ? { groupId: group } : group

const load = (tx: Tx, spaceId: string, ref: GroupRef) =>
  tx.group.findFirst({
    where: { spaceId, deletedAt: null, ...('name' in ref ? { name: ref.name } : { id: ref.groupId }) },
    include: withCounts(now()),
  })

export type GroupRow = NonNullable<Awaited<ReturnType<typeof load>>>

type Action = 'read' | 'save' | 'delete'

export const groupKind: ResourceKind<GroupRef, GroupRow, Action> = {
  name: 'group',
  load,
  lock: (row) => ({ table: 'group', id: row.id }),
  describe: (row) => ({ objectId: row.id, name: row.name }),
  actions: {
    read: { allows: administratorsAndAuditors, event: { msgType: 'groups-list', when: 'read' } },
    save: { allows: administratorsOnly, event: { msgType: 'group-save', when: 'changed' } },
    delete: { allows: administratorsOnly, event: { msgType: 'group-delete', when: 'changed' } },
  },
}
