import 'server-only'
import { Failure } from '#lib/domain/errors'
import { type KeptPermissions, readKeptPermissions } from '#lib/domain/projects/dss-permissions'
import type { ProjectMembersChange } from '#lib/domain/projects/wire'
import { type Audited, changed, unchanged, writeAs } from '../access/act'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import { holdGroups } from '../identity/hold-groups'
import type { Tx } from '../platform/db/client'
import type { Prisma } from '../platform/db/generated/client'
import { newId } from '../platform/ids'
import { tagFields } from '../platform/tag-fields'
import { type ProjectRow, projectKind } from './project-kind'

/** Sets who may read, write and administer a project. @throws Failure `conflict` when the members were changed meanwhile */
export function saveProjectMembers(
  ctx: Context,
  projectKey: string,
  input: ProjectMembersChange,
): Promise<void> {
  return writeAs(ctx, projectKind, 'administer', { projectKey }, (authorized) =>
    replaceMembers(authorized, input),
  )
}

/** Sets the members within a transaction that may go on, and what is kept of their lines; as saveProjectMembers. */
export async function replaceMembers(
  authorized: Authorized<ProjectRow>,
  input: ProjectMembersChange,
  kept: KeptPermissions = readKeptPermissions(authorized.row.keptPermissions),
): Promise<Audited<void>> {
  const { tx, row, at } = authorized
  checkMembers(input.members, at)
  if (input.version !== row.version) throw changedMeanwhile(row.key)
  const same = (wanted: Wanted) => row.members.some((member) => isSame(member, wanted))
  const keptBefore = readKeptPermissions(row.keptPermissions)
  const isKept = tagFields({ kept }).kept === tagFields({ kept: keptBefore }).kept
  if (isKept && input.members.length === row.members.length && input.members.every(same))
    return unchanged(undefined)
  const before = row.members.map(describeMember)
  const moved = await tx.project.updateMany({
    where: { id: row.id, version: input.version },
    data: {
      version: { increment: 1 },
      ...(isKept ? {} : { keptPermissions: toJson(kept) }),
    },
  })
  if (moved.count === 0) throw changedMeanwhile(row.key)
  await endMembers(authorized, input)
  await openMembers(authorized, input)
  return changed(undefined, {
    msgType: 'project-permissions-save',
    objectType: 'project',
    objectId: row.key,
    projectKey: row.key,
    before,
    after: input.members,
    fields: {
      reason: input.reason ?? null,
      ...(isKept ? {} : { kept: { before: keptBefore, after: kept } }),
    },
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

/** What is kept of lines, as the column takes it. */
export const toJson = (kept: KeptPermissions) => kept as unknown as Prisma.InputJsonObject

/** Opens the memberships that are not there as they are wanted, from this moment on. */
export async function openMembers(
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

async function checkPrincipals(tx: Tx, spaceId: string, wanted: Wanted[]): Promise<void> {
  const ids = (principal: Wanted['principal']) => [
    ...new Set(wanted.filter((member) => member.principal === principal).map((member) => member.id)),
  ]
  const [groups, users] = [ids('group'), ids('user')]
  const known =
    (await holdGroups(tx, spaceId, groups)).size +
    (await tx.user.count({ where: { spaceId, id: { in: users } } }))
  if (known === groups.length + users.length) return
  throw new Failure('validation_failed', 'A group or person in the list does not exist.', {
    reason: 'unknown-principal',
  })
}

/** The refusal to save members over a change that somebody else made. */
export const changedMeanwhile = (projectKey: string) =>
  new Failure('conflict', `The members of ${projectKey} were changed meanwhile.`, {
    reason: 'changed-meanwhile',
    remedy: 'Reload the page and make your change again.',
  })
