import 'server-only'
import { administratorsAndAuditors, administratorsOnly } from '#lib/domain/access/subject'
import { mayDisable } from '#lib/domain/identity/policy'
import { currentAt } from '../access/current'
import type { ResourceKind } from '../access/resource-kind'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'

/** What a user is shown with: the groups of this moment and the last session. */
export const withGroups = (at: Date) =>
  ({
    memberships: {
      where: { ...currentAt(at), group: { deletedAt: null } },
      include: { group: { select: { id: true, name: true } } },
    },
    sessions: { orderBy: { updatedAt: 'desc' }, take: 1, select: { updatedAt: true } },
  }) as const

/** A user by their id, or by their login. */
export type UserRef = { userId: string } | { login: string }

/** What verbs take: an id, or a reference. */
export const userRef = (user: string | UserRef): UserRef =>
  typeof user === 'string' ? { userId: user } : user

const load = (tx: Tx, spaceId: string, ref: UserRef) =>
  tx.user.findFirst({
    where: { spaceId, ...('login' in ref ? { login: ref.login.toLowerCase() } : { id: ref.userId }) },
    include: withGroups(now()),
  })

export type UserRow = NonNullable<Awaited<ReturnType<typeof load>>>

type Action = 'read' | 'save' | 'disable' | 'enable' | 'reset'

export const userKind: ResourceKind<UserRef, UserRow, Action> = {
  name: 'user',
  load,
  lock: (row) => ({ table: 'user', id: row.id }),
  describe: (row) => ({ objectId: row.id, name: row.login }),
  actions: {
    read: { allows: administratorsAndAuditors, event: { msgType: 'users-list', when: 'read' } },
    save: { allows: administratorsOnly, event: { msgType: 'user-save', when: 'changed' } },
    disable: { allows: mayDisable, event: { msgType: 'user-disable', when: 'changed' } },
    enable: { allows: administratorsOnly, event: { msgType: 'user-enable', when: 'changed' } },
    reset: { allows: administratorsOnly, event: { msgType: 'password-reset-link-create', when: 'changed' } },
  },
}
