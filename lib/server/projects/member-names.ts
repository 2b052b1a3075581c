import 'server-only'
import { Failure } from '#lib/domain/errors'
import {
  flagsToKeep,
  type KeptLine,
  type NamedMember,
  type PermissionLine,
} from '#lib/domain/projects/dss-permissions'
import type { ProjectMembersChange } from '#lib/domain/projects/wire'
import { holdGroups } from '../identity/hold-groups'
import type { Tx } from '../platform/db/client'
import type { ProjectRow } from './project-kind'

type Wanted = ProjectMembersChange['members'][number]

/** The members of a project by the names that clients know: groups by name, people by login. */
export const namedMembers = (row: Pick<ProjectRow, 'members'>): (NamedMember & { id: string })[] =>
  row.members.map((member) => ({
    id: member.groupId ?? member.userId ?? '',
    principal: member.group ? 'group' : 'user',
    name: member.group?.name ?? member.user?.login ?? '',
    level: member.level as NamedMember['level'],
  }))

/**
 * Finds the ids behind names. Whoever is a member already keeps the end of their membership.
 * @throws Failure `validation_failed` naming a group or a login that is not there
 */
export async function resolveMembers<L extends NamedMember['level'] | null>(
  tx: Tx,
  spaceId: string,
  members: readonly (Omit<NamedMember, 'level'> & { level: L })[],
  present: ProjectRow['members'] = [],
): Promise<(Omit<Wanted, 'level'> & { level: L })[]> {
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

/** The members that lines make, and what is to be kept of lines. @throws as resolveMembers */
export async function resolveLines(
  tx: Tx,
  spaceId: string,
  lines: readonly PermissionLine[],
  present?: ProjectRow['members'],
): Promise<{ members: Wanted[]; kept: KeptLine[] }> {
  const found = await resolveMembers(tx, spaceId, lines, present)
  const kept = found.map(({ principal, id, level }, index) => ({
    ...{ principal, id, level },
    flags: flagsToKeep(lines[index]),
  }))
  return {
    members: found.flatMap(({ level, ...one }) => (level === null ? [] : [{ ...one, level }])),
    kept: kept.filter(({ level, flags }) => level === null || Object.keys(flags).length > 0),
  }
}

const unknown = (principal: NamedMember['principal'], name: string) =>
  new Failure(
    'validation_failed',
    principal === 'group' ? `There is no group called ${name}.` : `There is no user with the login ${name}.`,
    { reason: 'unknown-principal', where: 'permissions' },
  )
