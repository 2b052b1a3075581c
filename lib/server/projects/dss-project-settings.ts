import 'server-only'
import { Failure } from '#lib/domain/errors'
import {
  type FieldTags,
  isOfAnother,
  lostFields,
  readingOf,
  type TaggedFields,
  tagsRead,
} from '#lib/domain/field-tags'
import {
  type DssMetadata,
  type DssMetadataChange,
  type DssPermissions,
  type DssProjectSettings,
  fromDssMetadata,
  fromDssPermissions,
  toDssMetadata,
  toDssPermission,
} from '#lib/domain/projects/dss-json'
import { projectName } from '#lib/domain/projects/wire'
import { type Audited, changed, changedTogether, readAs, unchanged, writeAs } from '../access/act'
import { type Authorized, authorize } from '../access/authorize'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import type { Prisma } from '../platform/db/generated/client'
import { newId } from '../platform/ids'
import { type OwnSaves, withOwnSaves } from '../platform/own-saves'
import { parseInput } from '../platform/parse-input'
import { tagFields } from '../platform/tag-fields'
import { requireGivable, requireSmall } from './dss-projects'
import { changeOwner, loginsOf } from './hand-over'
import { namedMembers, resolveMembers } from './member-names'
import { replaceMembers } from './members'
import { type ProjectRow, projectKind, reloadProject } from './project-kind'

/** Name, descriptions, tags and whatever else clients keep with a project. */
export function getDssMetadata(
  ctx: Context,
  projectKey: string,
): Promise<DssMetadata & { metadataTag: TaggedFields }> {
  return readAs(ctx, projectKind, 'read', { projectKey }, async ({ row }) => {
    const metadata = toDssMetadata(row)
    return { ...metadata, metadataTag: { of: row.id, reading: newId(), fieldTags: tagFields(metadata) } }
  })
}

/**
 * Saves metadata; what is left out stays, and so does what nobody here knows.
 * @throws Failure `conflict` when it would undo what others saved since the `metadataTag` that is sent; without one the last wins
 */
export function saveDssMetadata(
  ctx: Context,
  projectKey: string,
  { metadataTag, ...change }: DssMetadataChange,
): Promise<void> {
  const save = (own: OwnSaves) =>
    writeAs(ctx, projectKind, 'save', { projectKey }, async (authorized) => {
      const { row } = authorized
      const before = toDssMetadata(row)
      const next = fromDssMetadata(before, change)
      const name = parseInput(projectName, next.name, 'body', ['label'])
      requireSmall(next.metadata)
      const after = toDssMetadata({ ...next, name })
      const read = tagsRead(metadataTag, row.id)
      if (read) requireNothingLost(row, 'metadata', { current: before, sent: after, read, own })
      own.note(tagFields(before), tagFields(after))
      const differing = Object.keys(after).filter(
        (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
      )
      if (differing.length === 0) return unchanged(undefined)
      const only = (all: DssMetadata) => Object.fromEntries(differing.map((key) => [key, all[key]]))
      await authorized.tx.project.update({
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
  const thing = `metadata of project ${metadataTag?.of ?? projectKey}`
  return withOwnSaves(ctx, thing, readingOf(metadataTag), save)
}

/** The settings that a client made the project with; nothing here follows them. */
export function getDssSettings(ctx: Context, projectKey: string): Promise<DssProjectSettings> {
  return readAs(ctx, projectKind, 'read', { projectKey }, async ({ row }) => {
    const { settings } = toDssMetadata(row)
    const kept = typeof settings === 'object' && settings !== null ? { ...settings } : {}
    return { projectKey: row.key, settings: kept, exposedObjects: { objects: [] } }
  })
}

/** Owner and members, as lines of permissions. */
export function getDssPermissions(ctx: Context, projectKey: string): Promise<DssPermissions> {
  return readAs(ctx, projectKind, 'read', { projectKey }, ({ tx, row }) => toDssPermissions(tx, row))
}

async function toDssPermissions(tx: Tx, row: ProjectRow) {
  const logins = await loginsOf(tx, row.spaceId, [row.ownerId])
  const owner = logins.get(row.ownerId) ?? row.ownerId
  const permissions = namedMembers(row).map(toDssPermission)
  return {
    owner,
    permissions,
    versionTag: {
      versionNumber: row.version,
      of: row.id,
      lastModifiedBy: { login: owner },
      lastModifiedOn: row.updatedAt.getTime(),
      fieldTags: tagFields(comparable(owner, fromDssPermissions(permissions))),
    },
  }
}

/** Owner and lines as they read whoever wrote them: flags that give no right, and the order of lines, are left aside. */
function comparable(owner: string, lines: ReturnType<typeof fromDssPermissions>) {
  return {
    owner,
    permissions: lines.map(({ principal, name, level }) => `${principal} ${name} ${level}`).sort(),
  }
}

/**
 * Replaces the members by lines of permissions: `admin`, `writeProjectContent` and `readProjectContent` make the level, flags of
 * what is not here add nothing to it; whoever stays keeps the end of their membership. Another owner is handed the project in the same step.
 * Saving what stands writes nothing.
 * @throws Failure `conflict` when it would undo what others saved since the `versionTag` that is sent; without one the last wins
 */
export function saveDssPermissions(ctx: Context, projectKey: string, sent: DssPermissions): Promise<void> {
  return writeAs(ctx, projectKind, 'administer', { projectKey }, async (authorized) => {
    const { tx, row } = authorized
    requireGivable(sent.permissions)
    const standing = await toDssPermissions(tx, row)
    if (standsAlready(row, standing, sent)) return unchanged(undefined)
    const { owner, permissions } = sent
    const handing = owner && owner !== standing.owner ? owner : null
    const handed = handing ? await handOver(ctx, tx, row, handing) : unchanged(undefined)
    const now = await reloadProject(authorized)
    const lines = fromDssPermissions(permissions)
    if (handing) keepOwner(lines, handing)
    const members = await resolveMembers(tx, row.spaceId, lines, now.members)
    const lists = await replaceMembers({ ...authorized, row: now }, { version: now.version, members })
    return changedTogether(undefined, handed, lists)
  })
}

/** Whether a text of an older version is what stands, also by the line that its owner was given. @throws Failure `conflict` */
function standsAlready(row: ProjectRow, standing: DssPermissions, sent: DssPermissions): boolean {
  const { versionTag, permissions } = sent
  if (!versionTag || versionTag.versionNumber === row.version || isOfAnother(versionTag, row.id)) return false
  const owner = sent.owner ?? standing.owner ?? ''
  const current = comparable(standing.owner ?? '', fromDssPermissions(standing.permissions))
  const lines = fromDssPermissions(permissions)
  const wanted = comparable(owner, lines)
  keepOwner(lines, owner)
  const now = JSON.stringify(current)
  if (now === JSON.stringify(wanted) || now === JSON.stringify(comparable(owner, lines))) return true
  const read = versionTag.fieldTags ?? {}
  requireNothingLost(row, 'permissions', { current, sent: wanted, read, rights: Object.keys(current) })
  return false
}

async function handOver(ctx: Context, tx: Tx, row: ProjectRow, login: string): Promise<Audited<void>> {
  const found: Authorized<ProjectRow> = await authorize(tx, ctx, projectKind, 'hand-over', {
    projectKey: row.key,
  })
  return changeOwner({ ...found, row }, { login: login.toLowerCase() })
}

/** Clients name the owner apart from the lines; who owns a project administers it. */
function keepOwner(lines: ReturnType<typeof fromDssPermissions>, login: string): void {
  const line = lines.find((one) => one.principal === 'user' && one.name.toLowerCase() === login.toLowerCase())
  if (line) line.level = 'admin'
  else lines.push({ principal: 'user', name: login, level: 'admin' })
}

interface Saving {
  current: Record<string, unknown>
  sent: Record<string, unknown>
  read: FieldTags
  own?: OwnSaves
  rights?: readonly string[]
}

function requireNothingLost(
  row: ProjectRow,
  what: string,
  { current, sent, read, own, rights = [] }: Saving,
): void {
  const now = tagFields(pick(current, sent))
  const sentTags = tagFields(sent)
  const isOwn = own?.knownTo(sentTags) ?? (() => false)
  const lost = lostFields({ current, now, sent, sentTags, read, isOwn, rights })
  if (lost.length === 0) return
  throw new Failure('conflict', `The ${what} of ${row.key} were changed since you read them.`, {
    reason: 'changed-meanwhile',
    where: lost.join(', '),
    remedy: 'Read them again and make your change there.',
  })
}

/** Of what stands, the fields that a save writes. */
const pick = (current: Record<string, unknown>, sent: Record<string, unknown>) =>
  Object.fromEntries(Object.keys({ ...sent }).map((field) => [field, current[field]]))
