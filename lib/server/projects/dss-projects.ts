import 'server-only'
import * as z from 'zod'
import type { Subject } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'
import { dssSaidOfProject, toDssMetadata } from '#lib/domain/projects/dss-json'
import {
  type DssPermission,
  dssPermission,
  permissionIssues,
  readPermissionLines,
} from '#lib/domain/projects/dss-permissions'
import { levelOf } from '#lib/domain/projects/policy'
import { projectKey as keySchema, projectName } from '#lib/domain/projects/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { refuseUnkept } from '../platform/refuse-unkept'
import { createProject } from './commands'
import { loginsOf } from './hand-over'
import { currentMembers, type ProjectRow, projectKind, projectsKind } from './project-kind'
import { requireSmallMetadata } from './require-small'

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
    return own.map((row) => toDssItem(row, subject, logins))
  })
}

/** One project as clients list it: `project.get_summary()`. */
export function getDssProject(ctx: Context, projectKey: string) {
  return readAs(ctx, projectKind, 'read', { projectKey }, async ({ tx, row, subject }) =>
    toDssItem(row, subject, await loginsOf(tx, row.spaceId, [row.ownerId])),
  )
}

function toDssItem(row: ProjectRow, subject: Subject, logins: ReadonlyMap<string, string>) {
  const { shortDesc, tags } = toDssMetadata(row)
  const { key: projectKey, name, ownerId, createdAt, updatedAt } = row
  const ownerLogin = logins.get(ownerId) ?? ownerId
  return {
    ...{ projectKey, name, ownerLogin, shortDesc, tags },
    isProjectAdmin: levelOf(subject, row) === 'admin',
    creationTag: tag(ownerLogin, createdAt),
    versionTag: tag(ownerLogin, updatedAt),
  }
}

const tag = (login: string, at: Date) => ({ lastModifiedBy: { login }, lastModifiedOn: at.getTime() })

/** What `create_project(…)` sends; what only DSS knows of it is kept with the project, as its metadata. */
export const dssProjectCreation = z.looseObject({
  ...dssSaidOfProject,
  projectKey: keySchema,
  name: projectName,
  owner: z.string().max(200).nullish(),
  description: z.string().max(2_000).nullish(),
  /** Clients send null where nothing was given. */
  settings: z.looseObject({}).nullish(),
  permissions: z.array(dssPermission).max(5_000).optional(),
})

/** Makes a project with its first members in one step. */
export async function createDssProject(
  ctx: Context,
  input: z.output<typeof dssProjectCreation>,
): Promise<{ projectKey: string }> {
  const { projectKey, name, owner, description, permissions, label, metadataTag: _, ...metadata } = input
  // The label of a project is its name.
  refuseUnkept({ label }, { label: name }, [])
  requireSmallMetadata(metadata)
  requireGivable(permissions ?? [])
  await createProject(
    ctx,
    { key: projectKey, name, description: description ?? '' },
    {
      ownerLogin: owner || undefined,
      lines: readPermissionLines(permissions ?? []),
      metadata: told(metadata),
    },
  )
  return { projectKey }
}

/** What is said; null says nothing of what is known here. */
const told = (metadata: object) =>
  Object.fromEntries(
    Object.entries(metadata).filter(
      ([key, value]) =>
        value !== undefined && (value !== null || !Object.hasOwn(dssProjectCreation.shape, key)),
    ),
  )

/** Refuses lines that would give another right than they ask for. */
export function requireGivable(lines: readonly DssPermission[]): void {
  const issues = permissionIssues(lines)
  if (issues.length === 0) return
  throw new Failure('validation_failed', 'The permissions of the project are not valid.', {
    reason: 'invalid-permissions',
    issues,
  })
}
