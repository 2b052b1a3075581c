import 'server-only'
import { AUDITORS, type Subject } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'
import type { KeptMetadata } from '#lib/domain/projects/dss-json'
import { membersAmong, type NamedMember, type PermissionLine } from '#lib/domain/projects/dss-permissions'
import type { ProjectCreation } from '#lib/domain/projects/wire'
import { changed, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import type { Tx } from '../platform/db/client'
import type { Prisma } from '../platform/db/generated/client'
import { isUniqueViolation } from '../platform/db/transaction'
import { newId } from '../platform/ids'
import { unknownOwner } from './hand-over'
import { resolveLines, resolveMembers } from './member-names'
import { toJson } from './members'
import { projectKind, projectsKind } from './project-kind'
import { requireSmallPermissions } from './require-small'

/** What a program says of a new project beyond its key and name. */
export interface ProjectBeginning {
  /** Whose it is, by login; the caller's without one. */
  ownerLogin?: string | undefined
  /** Of its first members; what only clients know of them is kept. */
  lines?: PermissionLine[]
  metadata?: KeptMetadata
}

/** Makes a project; who makes it, or the owner who is named, is its first admin. Of a global key's, its groups are. */
export async function createProject(
  ctx: Context,
  input: ProjectCreation,
  { ownerLogin, lines = [], metadata = {} }: ProjectBeginning = {},
): Promise<{ key: string }> {
  try {
    return await writeAs(ctx, projectsKind, 'create', null, async ({ tx, subject, at }) => {
      const { spaceId } = subject
      const id = newId()
      const owner = await ownerOf(tx, subject, input.key, ownerLogin)
      const first: NamedMember[] = owner.login
        ? [{ principal: 'user', name: owner.login, level: 'admin' }]
        : []
      const { members: named, kept } = await resolveLines(tx, spaceId, lines)
      const keep = { around: {}, lines: kept }
      requireSmallPermissions(keep)
      const others = named.filter((one) => one.principal !== 'user' || one.id !== owner.id)
      const members = membersAmong(lines)
      const keys = owner.login === null && !subject.isAdministrator ? groupsOfKey(subject, members) : []
      const begin = [...(await resolveMembers(tx, spaceId, [...first, ...keys])), ...others]
      await tx.project.create({
        data: {
          ...{ id, spaceId, ...input, ownerId: owner.id },
          metadata: metadata as Prisma.InputJsonObject,
          ...(kept.length > 0 ? { keptPermissions: toJson(keep) } : {}),
        },
      })
      await tx.projectMember.createMany({
        data: begin.map(({ principal, id: memberId, level }) => ({
          id: newId(),
          spaceId,
          projectId: id,
          level,
          groupId: principal === 'group' ? memberId : null,
          userId: principal === 'user' ? memberId : null,
          from: at,
          actor: subject.name,
        })),
      })
      return changed(
        { key: input.key },
        {
          msgType: 'project-create',
          objectType: 'project',
          objectId: input.key,
          projectKey: input.key,
          after: {
            ...input,
            ...(members.length + keys.length > 0 || ownerLogin
              ? { owner: owner.login, members: [...keys, ...members] }
              : {}),
          },
        },
      )
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new Failure('conflict', `A project with the key ${input.key} exists already.`, {
      reason: 'key-taken',
      remedy: 'Choose another key.',
    })
  }
}

/** People and programs own what they make; for others only administrators make projects. */
async function ownerOf(
  tx: Tx,
  subject: Subject,
  projectKey: string,
  login: string | undefined,
): Promise<{ id: string; login: string | null }> {
  const { spaceId, userId } = subject
  const user = await tx.user.findFirst({
    where: {
      spaceId,
      disabledAt: null,
      ...(login === undefined ? { id: userId ?? '' } : { login: login.toLowerCase() }),
    },
  })
  if (user && (user.id === userId || subject.isAdministrator)) return user
  if (login === undefined || login === subject.name) return { id: userId ?? subject.name, login: null }
  if (!user) throw unknownOwner(projectKey)
  throw new Failure('forbidden', 'You need to be a space administrator to make projects for others.', {
    reason: 'owner-not-you',
    where: 'owner',
  })
}

/** A global key is no member itself, and has the rights of its groups: they administer what it makes, unless it says otherwise. */
function groupsOfKey({ groupNames }: Subject, named: readonly NamedMember[]): NamedMember[] {
  const saysItself = named.some(({ principal, name }) => principal === 'group' && groupNames.has(name))
  if (saysItself) return []
  return [...groupNames]
    .filter((name) => name !== AUDITORS)
    .map((name) => ({ principal: 'group', name, level: 'admin' }))
}

/** Removes a project with its datasets; objects in buckets stay, and so does the record of who was a member. */
export function deleteProject(ctx: Context, projectKey: string): Promise<void> {
  return writeAs(ctx, projectKind, 'delete', { projectKey }, async ({ tx, row, subject, at }) => {
    const { spaceId, id: projectId } = row
    const datasets = await tx.dataset.findMany({ where: { spaceId, projectId }, select: { name: true } })
    await tx.dataset.deleteMany({ where: { spaceId, projectId } })
    await tx.datasetDraft.deleteMany({ where: { spaceId, projectId } })
    await tx.projectMember.updateMany({
      where: { spaceId, projectId, ...currentAt(at) },
      data: { until: at, endedBy: subject.name, endedReason: 'The project was removed.' },
    })
    await tx.apiKey.updateMany({
      where: { spaceId, projectId, ...currentAt(at) },
      data: { until: at, revokedBy: subject.name },
    })
    await tx.project.update({ where: { id: projectId }, data: { removedAt: at, removedBy: subject.name } })
    return changed(undefined, {
      msgType: 'project-delete',
      objectType: 'project',
      objectId: row.key,
      projectKey: row.key,
      before: { key: row.key, name: row.name, datasets: datasets.map((dataset) => dataset.name) },
    })
  })
}
