import 'server-only'
import { SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import type { PermissionState } from '#lib/domain/connections/permissions'
import type { Principal } from '#lib/domain/connections/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import type { Tx } from '../platform/db/client'
import { connectionsKind } from './connection-kind'

const SHOWN = 50

/** Groups and people whose name or login holds a text, for Add groups or people; groups first. */
export function searchPrincipals(ctx: Context, query: string): Promise<{ items: Principal[]; more: number }> {
  return readAs(ctx, connectionsKind, 'list-principals', null, async ({ tx, subject: { spaceId }, at }) => {
    const holds = {
      contains: query.trim().replace(/[\\%_]/g, (char) => `\\${char}`),
      mode: 'insensitive',
    } as const
    const wanted = { spaceId, disabledAt: null, OR: [{ name: holds }, { login: holds }] }
    const groups = await tx.group.findMany({
      where: { spaceId, deletedAt: null, name: holds },
      select: { id: true },
      orderBy: { name: 'asc' },
    })
    const users = await tx.user.findMany({
      where: wanted,
      select: { id: true },
      orderBy: { name: 'asc' },
      take: SHOWN + 1,
    })
    const found = [...groups, ...users].slice(0, SHOWN).map((one) => one.id)
    const total = groups.length + (await tx.user.count({ where: wanted }))
    return { items: await loadPrincipals(tx, spaceId, found, at, false), more: total - found.length }
  })
}

/** Names the groups and people with these ids, in that order; what is gone is left out. */
export async function loadPrincipals(
  tx: Tx,
  spaceId: string,
  ids: readonly string[],
  at: Date,
  managed: boolean,
): Promise<Principal[]> {
  const where = { spaceId, id: { in: [...new Set(ids)] } }
  const member = { ...currentAt(at), user: { is: { disabledAt: null } } }
  const groups = await tx.group.findMany({
    where,
    select: { id: true, name: true, _count: { select: { memberships: { where: member } } } },
  })
  const users = await tx.user.findMany({ where, select: { id: true, name: true } })
  const known = new Map<string, Principal>()
  for (const { id, name, _count } of groups) {
    const fixed = managed && name === SPACE_ADMINISTRATORS
    known.set(id, { principal: 'group', id, name, people: _count.memberships, fixed })
  }
  for (const { id, name } of users) known.set(id, { principal: 'user', id, name, people: null, fixed: false })
  return where.id.in.flatMap((id) => known.get(id) ?? [])
}

/** The ids that a state names. */
export const idsIn = (state: PermissionState): string[] => [
  ...state.grants.map((grant) => grant.id),
  ...state.detailsGroups,
]
