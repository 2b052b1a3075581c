import 'server-only'
import * as z from 'zod'
import { Failure } from '#lib/domain/errors'
import {
  type DssMetadata,
  type DssMetadataChange,
  type DssPermissions,
  dssPermission,
  fromDssMetadata,
  fromDssPermissions,
  toDssMetadata,
  toDssPermission,
} from '#lib/domain/projects/dss-json'
import { levelOf } from '#lib/domain/projects/policy'
import { projectKey as keySchema, projectName } from '#lib/domain/projects/wire'
import { changed, readAs, unchanged, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import type { Prisma } from '../platform/db/generated/client'
import { parseInput } from '../platform/parse-input'
import { createProject, saveProjectMembers } from './commands'
import { namedMembers, resolveMembers } from './member-names'
import { currentMembers, projectKind, projectsKind } from './project-kind'

/** Far more than descriptions and checklists take. */
const METADATA_MAX_CHARS = 200_000

/** The projects that the caller may read, as DSS clients list them. */
export function listDssProjects(ctx: Context) {
  return readAs(ctx, projectsKind, 'list', null, async ({ tx, subject, at }) => {
    const rows = await tx.project.findMany({
      where: { spaceId: subject.spaceId, removedAt: null },
      include: currentMembers(at),
      orderBy: { key: 'asc' },
    })
    const own = rows.filter((row) => levelOf(subject, row) !== null)
    const logins = await loginsOf(
      tx,
      subject.spaceId,
      own.map((row) => row.ownerId),
    )
    return own.map((row) => {
      const { shortDesc, tags } = toDssMetadata(row)
      const { key: projectKey, name, ownerId, createdAt, updatedAt } = row
      const ownerLogin = logins.get(ownerId) ?? ownerId
      return {
        ...{ projectKey, name, ownerLogin, shortDesc, tags },
        isProjectAdmin: levelOf(subject, row) === 'admin',
        creationTag: tag(ownerLogin, createdAt),
        versionTag: tag(ownerLogin, updatedAt),
      }
    })
  })
}

const tag = (login: string, at: Date) => ({ lastModifiedBy: { login }, lastModifiedOn: at.getTime() })

async function loginsOf(tx: Tx, spaceId: string, ids: string[]): Promise<Map<string, string>> {
  const users = await tx.user.findMany({
    where: { spaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, login: true },
  })
  return new Map(users.map((user) => [user.id, user.login]))
}

/** What `create_project(…)` sends; what only DSS knows of it is kept with the project. */
export const dssProjectCreation = z.looseObject({
  projectKey: keySchema,
  name: projectName,
  owner: z.string().max(200).nullish(),
  description: z.string().max(2_000).nullish(),
  settings: z.looseObject({}).nullish(),
  permissions: z.array(dssPermission).max(5_000).nullish(),
  tags: z.array(z.string().max(200)).max(1_000).nullish(),
})

/** Makes a project with its first members in one step. */
export async function createDssProject(
  ctx: Context,
  input: z.output<typeof dssProjectCreation>,
): Promise<{ projectKey: string }> {
  const { projectKey, name, owner, description, permissions, tags, settings } = input
  const metadata = { ...(tags ? { tags } : {}), ...(settings ? { settings } : {}) }
  requireSmall(metadata)
  await createProject(
    ctx,
    { key: projectKey, name, description: description ?? '' },
    { ownerLogin: owner || undefined, members: fromDssPermissions(permissions ?? []), metadata },
  )
  return { projectKey }
}

/** Name, descriptions, tags and whatever else clients keep with a project. */
export function getDssMetadata(ctx: Context, projectKey: string): Promise<DssMetadata> {
  return readAs(ctx, projectKind, 'read', { projectKey }, async ({ row }) => toDssMetadata(row))
}

/** Saves metadata; what is left out stays, and so does what nobody here knows. */
export function saveDssMetadata(ctx: Context, projectKey: string, change: DssMetadataChange): Promise<void> {
  return writeAs(ctx, projectKind, 'save', { projectKey }, async ({ tx, row }) => {
    const before = toDssMetadata(row)
    const next = fromDssMetadata(before, change)
    const name = parseInput(projectName, next.name, 'body')
    requireSmall(next.metadata)
    const after = toDssMetadata({ ...next, name })
    const differing = Object.keys(after).filter(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    )
    if (differing.length === 0) return unchanged(undefined)
    const only = (all: DssMetadata) => Object.fromEntries(differing.map((key) => [key, all[key]]))
    await tx.project.update({
      where: { id: row.id },
      data: { name, description: next.description, metadata: next.metadata as Prisma.InputJsonObject },
    })
    return changed(undefined, {
      msgType: 'project-save',
      objectType: 'project',
      objectId: projectKey,
      projectKey,
      before: only(before),
      after: only(after),
    })
  })
}

function requireSmall(metadata: object): void {
  if (JSON.stringify(metadata).length <= METADATA_MAX_CHARS) return
  throw new Failure('validation_failed', `Metadata has at most ${METADATA_MAX_CHARS} characters as JSON.`, {
    reason: 'metadata-too-large',
  })
}

/** Owner and members, as lines of permissions. */
export function getDssPermissions(ctx: Context, projectKey: string): Promise<DssPermissions> {
  return readAs(ctx, projectKind, 'read', { projectKey }, async ({ tx, row }) => {
    const logins = await loginsOf(tx, row.spaceId, [row.ownerId])
    const owner = logins.get(row.ownerId) ?? row.ownerId
    return {
      owner,
      permissions: namedMembers(row).map(toDssPermission),
      versionTag: { versionNumber: row.version, ...tag(owner, row.updatedAt) },
    }
  })
}

/**
 * Replaces the members by lines of permissions: `admin`, `writeProjectContent` and `readProjectContent` make the level, other
 * flags are ignored; whoever stays keeps the end of their membership. Saving what stands writes nothing.
 * @throws Failure `conflict` when the members were changed since the `versionTag` that is sent; without one the last wins
 */
export async function saveDssPermissions(
  ctx: Context,
  projectKey: string,
  { owner, permissions, versionTag }: DssPermissions,
): Promise<void> {
  const read = await readAs(ctx, projectKind, 'administer', { projectKey }, async ({ tx, row }) => {
    const logins = await loginsOf(tx, row.spaceId, [row.ownerId])
    if (owner && owner !== (logins.get(row.ownerId) ?? row.ownerId)) throw ownerStays(projectKey)
    const members = await resolveMembers(tx, row.spaceId, fromDssPermissions(permissions), row.members)
    return { members, version: row.version }
  })
  const version = versionTag?.versionNumber ?? read.version
  await saveProjectMembers(ctx, projectKey, { version, members: read.members })
}

const ownerStays = (projectKey: string) =>
  new Failure('validation_failed', `The owner of ${projectKey} is who made it, and stays.`, {
    reason: 'owner-stays',
    where: 'owner',
    remedy: 'Give whoever shall administer the project the admin permission.',
  })
