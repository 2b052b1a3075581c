import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'
import type { KeptMetadata, NamedMember } from '#lib/domain/projects/dss-json'
import type { ProjectCreation, ProjectMembersChange } from '#lib/domain/projects/wire'
import { changed, unchanged, writeAs } from '../access/act'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import type { Tx } from '../platform/db/client'
import type { Prisma } from '../platform/db/generated/client'
import { isUniqueViolation } from '../platform/db/transaction'
import { newId } from '../platform/ids'
import { resolveMembers } from './member-names'
import { type ProjectRow, projectKind, projectsKind } from './project-kind'

/** What a program says of a new project beyond its key and name. */
export interface ProjectBeginning {
  /** Whose it is, by login; the caller's without one. */
  ownerLogin?: string | undefined
  members?: NamedMember[]
  metadata?: KeptMetadata
}

/** Makes a project; who makes it, or the owner who is named, is its first admin. */
export async function createProject(
  ctx: Context,
  input: ProjectCreation,
  { ownerLogin, members = [], metadata = {} }: ProjectBeginning = {},
): Promise<{ key: string }> {
  try {
    return await writeAs(ctx, projectsKind, 'create', null, async ({ tx, subject, at }) => {
      const { spaceId } = subject
      const id = newId()
      const owner = await ownerOf(tx, subject, ownerLogin)
      const first: NamedMember[] = owner.login
        ? [{ principal: 'user', name: owner.login, level: 'admin' }]
        : []
      const others = members.filter(({ principal, name }) => principal !== 'user' || name !== owner.login)
      const begin = await resolveMembers(tx, spaceId, [...first, ...others])
      await tx.project.create({
        data: { id, spaceId, ...input, ownerId: owner.id, metadata: metadata as Prisma.InputJsonObject },
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
          after: { ...input, ...(members.length > 0 || ownerLogin ? { owner: owner.login, members } : {}) },
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

/** People own what they make; for others only administrators make projects, and keys that stand for nobody. */
async function ownerOf(
  tx: Tx,
  subject: Subject,
  login: string | undefined,
): Promise<{ id: string; login: string | null }> {
  const { spaceId, userId } = subject
  const user = await tx.user.findFirst({
    where: { spaceId, ...(login === undefined ? { id: userId ?? '' } : { login: login.toLowerCase() }) },
  })
  if (user && (user.id === userId || userId === null || subject.isAdministrator)) return user
  if (login === undefined || login === subject.name) return { id: userId ?? subject.name, login: null }
  throw new Failure(
    user ? 'forbidden' : 'validation_failed',
    user
      ? 'You need to be a space administrator to make projects for others.'
      : `There is no user with the login ${login}.`,
    { reason: user ? 'owner-not-you' : 'unknown-owner', where: 'owner' },
  )
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

/** Sets who may read, write and administer a project. */
export function saveProjectMembers(
  ctx: Context,
  projectKey: string,
  input: ProjectMembersChange,
): Promise<void> {
  return writeAs(ctx, projectKind, 'administer', { projectKey }, async (authorized) => {
    const { tx, row, at } = authorized
    checkMembers(input.members, at)
    if (input.version !== row.version) throw changedMeanwhile(projectKey)
    const same = (wanted: Wanted) => row.members.some((member) => isSame(member, wanted))
    if (input.members.length === row.members.length && input.members.every(same)) return unchanged(undefined)
    const before = row.members.map(describeMember)
    const moved = await tx.project.updateMany({
      where: { id: row.id, version: input.version },
      data: { version: { increment: 1 } },
    })
    if (moved.count === 0) throw changedMeanwhile(projectKey)
    await endMembers(authorized, input)
    await openMembers(authorized, input)
    return changed(undefined, {
      msgType: 'project-permissions-save',
      objectType: 'project',
      objectId: projectKey,
      projectKey,
      before,
      after: input.members,
      fields: { reason: input.reason ?? null },
    })
  })
}

type Wanted = ProjectMembersChange['members'][number]
type Member = ProjectRow['members'][number]

const describeMember = (member: Member) => ({
  principal: member.groupId ? 'group' : 'user',
  id: member.groupId ?? member.userId,
  level: member.level,
  until: member.until?.toISOString() ?? null,
})

const isSame = (member: Member, wanted: Wanted) =>
  (wanted.principal === 'group' ? member.groupId : member.userId) === wanted.id &&
  member.level === wanted.level &&
  (member.until?.toISOString() ?? null) === wanted.until

async function endMembers(
  { tx, row, subject, at }: Authorized<ProjectRow>,
  input: ProjectMembersChange,
): Promise<void> {
  const ended = row.members.filter((member) => !input.members.some((wanted) => isSame(member, wanted)))
  await tx.projectMember.updateMany({
    where: { id: { in: ended.map((member) => member.id) } },
    data: { until: at, endedBy: subject.name, endedReason: input.reason ?? null },
  })
}

async function openMembers(
  { tx, row, subject, at }: Authorized<ProjectRow>,
  input: ProjectMembersChange,
): Promise<void> {
  const opened = input.members.filter((wanted) => !row.members.some((member) => isSame(member, wanted)))
  await checkPrincipals(tx, row.spaceId, opened)
  await tx.projectMember.createMany({
    data: opened.map((wanted) => ({
      id: newId(),
      spaceId: row.spaceId,
      projectId: row.id,
      level: wanted.level,
      groupId: wanted.principal === 'group' ? wanted.id : null,
      userId: wanted.principal === 'user' ? wanted.id : null,
      from: at,
      until: wanted.until === null ? null : new Date(wanted.until),
      actor: subject.name,
      reason: input.reason ?? null,
    })),
  })
}

function checkMembers(members: Wanted[], at: Date): void {
  const ids = members.map((member) => `${member.principal} ${member.id}`)
  if (new Set(ids).size < ids.length)
    throw new Failure('validation_failed', 'A group or person stands in the list twice.', {
      reason: 'member-twice',
    })
  if (members.some(({ until }) => until !== null && new Date(until) <= at))
    throw new Failure('validation_failed', 'The end of a membership has to lie ahead.', {
      reason: 'ends-in-the-past',
    })
}

async function checkPrincipals(
  tx: Authorized<ProjectRow>['tx'],
  spaceId: string,
  wanted: Wanted[],
): Promise<void> {
  const ids = (principal: Wanted['principal']) => [
    ...new Set(wanted.filter((member) => member.principal === principal).map((member) => member.id)),
  ]
  const [groups, users] = [ids('group'), ids('user')]
  const known =
    (await tx.group.count({ where: { spaceId, id: { in: groups } } })) +
    (await tx.user.count({ where: { spaceId, id: { in: users } } }))
  if (known === groups.length + users.length) return
  throw new Failure('validation_failed', 'A group or person in the list does not exist.', {
    reason: 'unknown-principal',
  })
}

const changedMeanwhile = (projectKey: string) =>
  new Failure('conflict', `The members of ${projectKey} were changed meanwhile.`, {
    reason: 'changed-meanwhile',
    remedy: 'Reload the page and make your change again.',
  })
