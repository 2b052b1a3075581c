import 'server-only'
import { levelOf, mayCreateProjects } from '#lib/domain/projects/policy'
import type { Project, ProjectItem, ProjectMember } from '#lib/domain/projects/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import { can } from '../access/resource-kind'
import type { Tx } from '../platform/db/client'
import { currentMembers, type ProjectRow, projectKind, projectsKind } from './project-kind'

/** The projects that the caller may read. */
export function listProjects(ctx: Context): Promise<{ projects: ProjectItem[]; canCreate: boolean }> {
  return readAs(ctx, projectsKind, 'list', null, async ({ tx, subject, at }) => {
    const rows = await tx.project.findMany({
      where: { spaceId: subject.spaceId, removedAt: null },
      include: { ...currentMembers(at), _count: { select: { datasets: true } } },
      orderBy: { key: 'asc' },
    })
    const projects = rows.flatMap((row) => {
      const level = levelOf(subject, row)
      if (level === null) return []
      const { key, name, description, members } = row
      return [
        {
          key,
          name,
          description,
          level,
          datasets: row._count.datasets,
          members: members.length,
          updatedAt: row.updatedAt.toISOString(),
        },
      ]
    })
    return { projects, canCreate: mayCreateProjects(subject) }
  })
}

/** One project with its members and what the caller may do in it. */
export function getProject(ctx: Context, projectKey: string): Promise<Project> {
  return readAs(ctx, projectKind, 'read', { projectKey }, async ({ tx, row, subject, at }) => {
    const level = levelOf(subject, row) ?? 'read'
    return {
      key: row.key,
      name: row.name,
      description: row.description,
      owner: await toOwner(tx, row),
      version: row.version,
      level,
      members: await toMembers(tx, row, at),
      can: {
        write: level !== 'read',
        admin: level === 'admin',
        handOver: can(projectKind, 'hand-over', subject, row, at).allowed,
      },
    }
  })
}

async function toOwner(tx: Tx, { spaceId, ownerId }: ProjectRow): Promise<Project['owner']> {
  const user = await tx.user.findUnique({ where: { spaceId_id: { spaceId, id: ownerId } } })
  return { id: ownerId, name: user?.name ?? ownerId, login: user?.login ?? null }
}

async function toMembers(tx: Tx, row: ProjectRow, at: Date): Promise<ProjectMember[]> {
  const sizes = await groupSizes(tx, row.spaceId, at)
  const members = row.members.map((member) => ({
    principal: member.group ? ('group' as const) : ('user' as const),
    id: member.groupId ?? member.userId ?? '',
    name: member.group?.name ?? member.user?.name ?? '',
    level: member.level as ProjectMember['level'],
    people: member.groupId ? (sizes.get(member.groupId) ?? 0) : 1,
    from: member.from.toISOString(),
    until: member.until?.toISOString() ?? null,
  }))
  return members.sort((a, b) => a.principal.localeCompare(b.principal) || a.name.localeCompare(b.name))
}

async function groupSizes(tx: Tx, spaceId: string, at: Date): Promise<Map<string, number>> {
  const counts = await tx.membership.groupBy({
    by: ['groupId'],
    where: { spaceId, userId: { not: null }, ...currentAt(at) },
    _count: true,
  })
  return new Map(counts.map((count) => [count.groupId, count._count]))
}
