import 'server-only'
import { overlayExact } from '#lib/domain/exact-json'
import { isOfAnother } from '#lib/domain/field-tags'
import {
  type DssPermissions,
  flagsKept,
  type PermissionLine,
  readKeptPermissions,
  readPermissionLines,
  toDssPermission,
  withRightsOf,
} from '#lib/domain/projects/dss-permissions'
import { type Audited, changedTogether, readAs, unchanged, writeAs } from '../access/act'
import { type Authorized, authorize } from '../access/authorize'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import { requireNothingLost } from '../platform/nothing-lost'
import { refuseTextOfGone } from '../platform/refuse-text-of-gone'
import { tagFields } from '../platform/tag-fields'
import { requireGivable } from './dss-projects'
import { changeOwner, loginsOf } from './hand-over'
import { namedMembers, resolveLines } from './member-names'
import { replaceMembers } from './members'
import { isProjectThere, type ProjectRow, projectKind, reloadProject } from './project-kind'
import { requireSmallPermissions } from './require-small'

/** Owner and members, as lines of permissions. */
export function getDssPermissions(ctx: Context, projectKey: string): Promise<DssPermissions> {
  return readAs(ctx, projectKind, 'read', { projectKey }, async ({ tx, row }) => {
    const standing = await loadStanding(tx, row)
    return {
      ...standing.around,
      owner: standing.owner,
      permissions: standing.lines.map(toDssPermission),
      versionTag: {
        versionNumber: row.version,
        of: row.id,
        space: row.spaceId,
        lastModifiedBy: { login: standing.owner },
        lastModifiedOn: row.updatedAt.getTime(),
        fieldTags: tagFields(comparable(standing)),
      },
    }
  })
}

interface Standing {
  owner: string
  lines: PermissionLine[]
  /** What only clients know, beside owner and lines. */
  around: Record<string, unknown>
}

async function loadStanding(tx: Tx, row: ProjectRow): Promise<Standing> {
  const logins = await loginsOf(tx, row.spaceId, [row.ownerId])
  const { around, lines } = readKeptPermissions(row.keptPermissions)
  const members = namedMembers(row).map(({ id, ...member }) => {
    const kept = lines.find((line) => line.principal === member.principal && line.id === id)
    return { ...member, flags: flagsKept(kept, member.level) }
  })
  const ids = new Set(row.members.map(({ groupId, userId }) => groupId ?? userId))
  const without = lines.filter(({ id, level }) => level === null && !ids.has(id))
  return {
    owner: logins.get(row.ownerId) ?? row.ownerId,
    lines: [...members, ...(await nameLines(tx, row.spaceId, without))],
    around,
  }
}

/** Lines that give nothing, by name; a group or person who is gone has none. */
async function nameLines(tx: Tx, spaceId: string, lines: ReturnType<typeof readKeptPermissions>['lines']) {
  if (lines.length === 0) return []
  const where = { spaceId, id: { in: lines.map(({ id }) => id) } }
  const groups = await tx.group.findMany({
    where: { ...where, deletedAt: null },
    select: { id: true, name: true },
  })
  const users = await tx.user.findMany({ where, select: { id: true, login: true } })
  const names = new Map([
    ...groups.map(({ id, name }) => [id, name] as const),
    ...users.map(({ id, login }) => [id, login] as const),
  ])
  return lines.flatMap(({ id, ...line }) => {
    const name = names.get(id)
    return name === undefined ? [] : [{ ...line, name }]
  })
}

/** As they read whoever wrote them, by the names of the body: the order of lines and flags is left aside. */
function comparable({ owner, lines, around }: Standing) {
  const permissions = lines.map((line) => JSON.stringify(Object.entries(toDssPermission(line)).sort()))
  return { ...around, owner, permissions: permissions.sort() }
}

/**
 * Replaces the members by lines of permissions: `admin`, `writeProjectContent` and `readProjectContent` make the level, flags of
 * what is not here add nothing to it and are kept; whoever stays keeps the end of their membership. Another owner is handed the
 * project in the same step. Saving what stands writes nothing.
 * @throws Failure `conflict` when it would undo what others saved since the `versionTag` that is sent; without one the last wins
 */
export function saveDssPermissions(ctx: Context, projectKey: string, sent: DssPermissions): Promise<void> {
  return writeAs(ctx, projectKind, 'administer', { projectKey }, async (authorized) => {
    const { tx, row } = authorized
    const { owner, permissions, versionTag, ...more } = sent
    requireGivable(permissions)
    await refuseTextOfGone(versionTag, { ...row, name: row.key }, (id) => isProjectThere(tx, row.spaceId, id))
    const standing = await loadStanding(tx, row)
    const around = overlayExact(standing.around, more)
    const lines = readPermissionLines(permissions)
    if (standsAlready(row, standing, { owner: owner ?? standing.owner, lines, around }, versionTag))
      return unchanged(undefined)
    const handing = owner && owner !== standing.owner ? owner : null
    const handed = handing ? await handOver(ctx, tx, row, handing) : unchanged(undefined)
    const now = await reloadProject(authorized)
    const wanted = handing ? withOwner(lines, handing) : lines
    const { members, kept } = await resolveLines(tx, row.spaceId, wanted, now.members)
    const keep = { around, lines: kept }
    requireSmallPermissions(keep)
    const lists = await replaceMembers({ ...authorized, row: now }, { version: now.version, members }, keep)
    return changedTogether(undefined, handed, lists)
  })
}

/** Whether a text of an older version is what stands, also by the line that its owner was given. @throws Failure `conflict` */
function standsAlready(
  row: ProjectRow,
  standing: Standing,
  sent: Standing,
  versionTag: DssPermissions['versionTag'],
): boolean {
  if (!versionTag || versionTag.versionNumber === row.version || isOfAnother(versionTag, row.id)) return false
  const current = comparable(standing)
  const wanted = comparable(sent)
  const owned = comparable({ ...sent, lines: withOwner(sent.lines, sent.owner) })
  const now = JSON.stringify(current)
  if (now === JSON.stringify(wanted) || now === JSON.stringify(owned)) return true
  const read = versionTag.fieldTags ?? {}
  const rights = Object.keys(current)
  requireNothingLost(`the permissions of ${row.key}`, { current, sent: wanted, read, rights })
  return false
}

async function handOver(ctx: Context, tx: Tx, row: ProjectRow, login: string): Promise<Audited<void>> {
  const found: Authorized<ProjectRow> = await authorize(tx, ctx, projectKind, 'hand-over', {
    projectKey: row.key,
  })
  return changeOwner({ ...found, row }, { login: login.toLowerCase() })
}

/** Clients name the owner apart from the lines; who owns a project administers it. */
function withOwner(lines: readonly PermissionLine[], login: string): PermissionLine[] {
  const isOwners = ({ principal, name }: PermissionLine) =>
    principal === 'user' && name.toLowerCase() === login.toLowerCase()
  const found = lines.find(isOwners)
  if (!found) return [...lines, { principal: 'user', name: login, level: 'admin', flags: {} }]
  return lines.map((line) => (line === found ? withRightsOf(line, 'admin') : line))
}
