import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { ProjectOwnerChange } from '#lib/domain/projects/wire'
import { type Audited, changed, unchanged, writeAs } from '../access/act'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import { changedMeanwhile, openMembers } from './members'
import { type ProjectRow, projectKind } from './project-kind'

/**
 * Makes another person the owner of a project, who then administers it; who owned it stays the member that they are.
 * @throws Failure `conflict` when the members were changed meanwhile; `validation_failed` for a person who is not there
 */
export function handOverProject(ctx: Context, projectKey: string, input: ProjectOwnerChange): Promise<void> {
  return writeAs(ctx, projectKind, 'hand-over', { projectKey }, async (authorized) => {
    if (input.version !== authorized.row.version) throw changedMeanwhile(projectKey)
    return changeOwner(authorized, { id: input.userId }, input.reason)
  })
}

/** Changes the owner of a project within a transaction that may go on; as handOverProject. */
export async function changeOwner(
  authorized: Authorized<ProjectRow>,
  wanted: { id: string } | { login: string },
  reason?: string,
): Promise<Audited<void>> {
  const { tx, row, at, subject } = authorized
  const owner = await tx.user.findFirst({ where: { spaceId: row.spaceId, disabledAt: null, ...wanted } })
  if (!owner) throw unknownOwner(row.key)
  if (owner.id === row.ownerId) return unchanged(undefined)
  const member = row.members.find(({ userId }) => userId === owner.id)
  const lasts = member?.level === 'admin' && member.until === null
  if (member && !lasts)
    await tx.projectMember.update({
      where: { id: member.id },
      data: { until: at, endedBy: subject.name, endedReason: reason ?? null },
    })
  if (!lasts)
    await openMembers(authorized, {
      version: row.version,
      members: [{ principal: 'user', id: owner.id, level: 'admin', until: null }],
      ...(reason === undefined ? {} : { reason }),
    })
  await tx.project.update({
    where: { id: row.id },
    data: { ownerId: owner.id, version: { increment: 1 } },
  })
  const before = await loginsOf(tx, row.spaceId, [row.ownerId])
  return changed(undefined, {
    msgType: 'project-owner-change',
    objectType: 'project',
    objectId: row.key,
    projectKey: row.key,
    before: { owner: before.get(row.ownerId) ?? row.ownerId },
    after: { owner: owner.login },
    fields: { reason: reason ?? null },
  })
}

/** Logins by id, of those that are people; a program that owns a project has none. */
export async function loginsOf(
  tx: Tx,
  spaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const users = await tx.user.findMany({
    where: { spaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, login: true },
  })
  return new Map(users.map((user) => [user.id, user.login]))
}

/** The refusal of an owner who is not there, or whose account is disabled. */
export const unknownOwner = (projectKey: string) =>
  new Failure('validation_failed', `Nobody of that name can own ${projectKey}.`, {
    reason: 'unknown-owner',
    where: 'owner',
    remedy: 'Choose a person of this space whose account is not disabled.',
  })
