import 'server-only'
import type { ProjectPrincipal } from '#lib/domain/projects/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import { escapeLike } from '../platform/db/escape-like'
import { projectKind } from './project-kind'

const SHOWN = 50

/** Groups and people whose name or login holds a text, for Add groups or people; groups first. */
export function searchProjectPrincipals(
  ctx: Context,
  projectKey: string,
  query: string,
): Promise<{ items: ProjectPrincipal[]; more: number }> {
  return readAs(ctx, projectKind, 'list-principals', { projectKey }, async ({ tx, row, at }) => {
    const { spaceId } = row
    const holds = { contains: escapeLike(query.trim()), mode: 'insensitive' } as const
    const wanted = { spaceId, disabledAt: null, OR: [{ name: holds }, { login: holds }] }
    const people = { ...currentAt(at), user: { is: { disabledAt: null } } }
    const groups = await tx.group.findMany({
      where: { spaceId, name: holds },
      select: { id: true, name: true, _count: { select: { memberships: { where: people } } } },
      orderBy: { name: 'asc' },
    })
    const users = await tx.user.findMany({
      where: wanted,
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
      take: SHOWN,
    })
    const items = [
      ...groups.map(({ id, name, _count }) => ({
        principal: 'group' as const,
        id,
        name,
        people: _count.memberships,
      })),
      ...users.map(({ id, name }) => ({ principal: 'user' as const, id, name, people: 1 })),
    ].slice(0, SHOWN)
    return { items, more: groups.length + (await tx.user.count({ where: wanted })) - items.length }
  })
}
