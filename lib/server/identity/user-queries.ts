import 'server-only'
import type { Directory, User, Users } from '#lib/domain/identity/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import { can } from '../access/resource-kind'
import { directoryKind } from './directory-kind'
import { toUser } from './user-dto'
import { userKind, withGroups } from './user-kind'

/** Users given at once; a search narrows more. */
const MOST = 200

/** The users of the space whose name, login or e-mail address holds `search`, by name. */
export function listUsers(ctx: Context, search = ''): Promise<Users> {
  return readAs(ctx, directoryKind, 'list-users', null, async ({ tx, row, subject, at }) => {
    const contains = { contains: search.trim(), mode: 'insensitive' } as const
    const where = {
      spaceId: row.id,
      ...(search.trim() ? { OR: [{ name: contains }, { login: contains }, { email: contains }] } : {}),
    }
    const orderBy = [{ name: 'asc' }, { login: 'asc' }] as const
    const found = await tx.user.findMany({
      where,
      orderBy: [...orderBy],
      take: MOST,
      include: withGroups(at),
    })
    return {
      users: found.map((user) => toUser(user, subject, at)),
      total: found.length < MOST ? found.length : await tx.user.count({ where }),
      canInvite: can(directoryKind, 'invite', subject, row, at).allowed,
    }
  })
}

/** One user. */
export function getUser(ctx: Context, userId: string): Promise<User> {
  return readAs(ctx, userKind, 'read', { userId }, async ({ row, subject, at }) => toUser(row, subject, at))
}

/** Groups with how many people they hold, and active people, by name alone: for choosing whom to give access. */
export function listDirectory(ctx: Context): Promise<Directory> {
  return readAs(ctx, directoryKind, 'list-names', null, async ({ tx, row, at }) => {
    const [groups, users] = await Promise.all([
      tx.group.findMany({
        where: { spaceId: row.id, deletedAt: null },
        orderBy: { name: 'asc' },
        select: {
          id: true,
          name: true,
          _count: { select: { memberships: { where: { ...currentAt(at), user: { disabledAt: null } } } } },
        },
      }),
      tx.user.findMany({
        where: { spaceId: row.id, disabledAt: null },
        orderBy: [{ name: 'asc' }, { login: 'asc' }],
        select: { id: true, login: true, name: true },
      }),
    ])
    return {
      groups: groups.map(({ id, name, _count }) => ({ id, name, people: _count.memberships })),
      users,
    }
  })
}
