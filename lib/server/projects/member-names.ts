import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { NamedMember } from '#lib/domain/projects/dss-json'
import type { ProjectMembersChange } from '#lib/domain/projects/wire'
import { holdGroups } from '../identity/hold-groups'
import type { Tx } from '../platform/db/client'
import type { ProjectRow } from './project-kind'

type Wanted = ProjectMembersChange['members'][number]

/** The members of a project by the names that clients know: groups by name, people by login. */
export const namedMembers = (row: Pick<ProjectRow, 'members'>): NamedMember[] =>
  row.members.map((member) => ({
    principal: member.group ? 'group' : 'user',
    name: member.group?.name ?? member.user?.login ?? '',
    level: member.level as NamedMember['level'],
  }))

/**
 * Finds the ids behind names. Whoever is a member already keeps the end of their membership.
 * @throws Failure `validation_failed` naming a group or a login that is not there
 */
export async function resolveMembers(
  tx: Tx,
  spaceId: string,
  members: readonly NamedMember[],
  present: ProjectRow['members'] = [],
): Promise<Wanted[]> {
  const named = (principal: NamedMember['principal']) =>
    members.filter((member) => member.principal === principal).map((member) => member.name)
  const groups = await tx.group.findMany({
    where: { spaceId, deletedAt: null, name: { in: named('group') } },
    select: { id: true, name: true },
  })
  const ids = groups.map(({ id }) => id)
  const held = await holdGroups(tx, spaceId, ids)
  const users = await tx.user.findMany({
    where: { spaceId, login: { in: named('user').map((login) => login.toLowerCase()) } },
    select: { id: true, login: true },
  })
  return members.map(({ principal, name, level }) => {
    const found =
      principal === 'group'
        ? groups.find((group) => group.name === name && held.has(group.id))
        : users.find((user) => user.login === name.toLowerCase())
    if (!found) throw unknown(principal, name)
    const line = present.find((member) => (member.groupId ?? member.userId) === found.id)
    return { principal, id: found.id, level, until: line?.until?.toISOString() ?? null }
  })
}

const unknown = (principal: NamedMember['principal'], name: string) =>
  new Failure(
    'validation_failed',
    principal === 'group' ? `There is no group called ${name}.` : `There is no user with the login ${name}.`,
    { reason: 'unknown-principal', where: 'permissions' },
  )
