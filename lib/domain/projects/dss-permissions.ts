import * as z from 'zod'
import { overlayExact } from '../exact-json'
import { taggedFields } from '../field-tags'
import type { Issue } from '../result'
import type { ProjectLevel } from './policy'

/** One line of a project's permissions, for a group or for a person by login. */
export const dssPermission = z.looseObject({
  group: z.string().nullish(),
  user: z.string().nullish(),
  admin: z.boolean().nullish(),
  readProjectContent: z.boolean().nullish(),
  writeProjectContent: z.boolean().nullish(),
})
export type DssPermission = z.infer<typeof dssPermission>

export const dssPermissions = z.looseObject({
  owner: z.string().nullish(),
  permissions: z.array(dssPermission).max(5_000),
  versionTag: taggedFields.extend({ versionNumber: z.number().int() }).nullish(),
})
export type DssPermissions = z.infer<typeof dssPermissions>

/** A member by the name that DSS clients know: a group's, or a person's login. */
export interface NamedMember {
  principal: 'group' | 'user'
  name: string
  level: ProjectLevel
}

/** A line as it is read: the level that its rights make, none where it gives nothing, and all its flags as they were sent. */
export interface PermissionLine extends Omit<NamedMember, 'level'> {
  level: ProjectLevel | null
  flags: Record<string, unknown>
}

/** What only clients know of permissions: of lines, the flags that their level does not say. */
export interface KeptPermissions {
  around: Record<string, unknown>
  lines: KeptLine[]
}

export interface KeptLine extends Omit<PermissionLine, 'name'> {
  id: string
}

const keptPermissions = z.object({
  around: z.record(z.string(), z.unknown()).default({}),
  lines: z
    .array(
      z.object({
        principal: z.enum(['group', 'user']),
        id: z.string(),
        level: z.enum(['read', 'write', 'admin']).nullable(),
        flags: z.record(z.string(), z.unknown()),
      }),
    )
    .default([]),
})

/** Reads what is kept with a project. */
export const readKeptPermissions = (json: unknown): KeptPermissions => keptPermissions.parse(json ?? {})

/** What gives rights here: kept as it was sent while the line has the level that it made. */
const RIGHTS: ReadonlySet<string> = new Set([
  'admin',
  'readProjectContent',
  'writeProjectContent',
  'exportDatasetsData',
])

/** The flags of a level; each level holds those below it. */
const flagsOf = (level: ProjectLevel | null): Record<string, unknown> => ({
  admin: level === 'admin',
  readProjectContent: level !== null,
  writeProjectContent: level === 'write' || level === 'admin',
  exportDatasetsData: level !== null,
  manageDashboardAuthorizations: level === 'admin',
})

const NO_FLAGS = flagsOf(null)

/** A line as clients read it. */
export const toDssPermission = ({
  principal,
  name,
  level,
  flags = {},
}: Omit<PermissionLine, 'flags'> & { flags?: Record<string, unknown> }): DssPermission => ({
  [principal]: name,
  ...overlayExact(flagsOf(level), flags),
})

/** What is to be kept of a line: what differs from the flags of its level. */
export function flagsToKeep(line: PermissionLine | undefined): Record<string, unknown> {
  const told = flagsOf(line?.level ?? null)
  return Object.fromEntries(Object.entries(line?.flags ?? {}).filter(([flag, value]) => told[flag] !== value))
}

/** A line as if it had said another level. */
export function withRightsOf(line: PermissionLine, level: ProjectLevel): PermissionLine {
  return { ...line, level, flags: withoutRights(line.flags) }
}

const withoutRights = (flags: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(flags).filter(([flag]) => !RIGHTS.has(flag)))

/** The flags that a member's line has beside those of its level, which may be another one by now. */
export function flagsKept(kept: KeptLine | undefined, level: ProjectLevel): Record<string, unknown> {
  if (kept === undefined || kept.level === level) return kept?.flags ?? {}
  return withoutRights(kept.flags)
}

/**
 * Reads lines of permissions: `admin`, `writeProjectContent` and `readProjectContent` make the level, the highest counts, and
 * a group or person that stands twice has what either line has.
 */
export function readPermissionLines(lines: readonly DssPermission[]): PermissionLine[] {
  const read = new Map<string, PermissionLine>()
  for (const { group, user, ...sent } of lines) {
    const principal = group ? 'group' : 'user'
    const name = group || user
    if (!name) continue
    const key = `${principal} ${principal === 'user' ? name.toLowerCase() : name}`
    const before = read.get(key)
    // Null says nothing of what is known here; what only clients know is theirs.
    const given = Object.entries(sent).filter(
      ([flag, value]) => value !== undefined && (value !== null || !Object.hasOwn(NO_FLAGS, flag)),
    )
    const flags = joinFlags(before?.flags ?? {}, Object.fromEntries(given))
    read.set(key, { principal, name, level: higher(before?.level ?? null, levelOfLine(sent)), flags })
  }
  return [...read.values()]
}

function joinFlags(before: Record<string, unknown>, more: Record<string, unknown>): Record<string, unknown> {
  const both = Object.entries(more).map(([flag, value]) => [flag, before[flag] === true ? true : value])
  return overlayExact(before, Object.fromEntries(both))
}

/** The lines that make members. */
export const membersAmong = (lines: readonly PermissionLine[]): NamedMember[] =>
  lines.flatMap(({ principal, name, level }) => (level === null ? [] : [{ principal, name, level }]))

/**
 * What would be another right than the one that is asked for: a line for nobody or for two, one that gives nothing here of what it
 * names, and reading without exporting, which are one right.
 */
export function permissionIssues(lines: readonly DssPermission[]): Issue[] {
  return lines.flatMap((line, index): Issue[] => {
    const path = ['permissions', index]
    if (!line.group === !line.user) {
      const message = line.group
        ? 'Name the group or the user that this line is for, not both.'
        : 'Name the group or the user that this line is for.'
      return [{ reason: line.group ? 'two-principals' : 'no-principal', message, path }]
    }
    const level = levelOfLine(line)
    const asked = Object.keys(line).find((flag) => line[flag] === true)
    if (asked === undefined) return []
    if (level === null) {
      const message = `${asked} alone gives no right here. Set readProjectContent, writeProjectContent or admin.`
      return [{ reason: 'no-level', message, path: [...path, asked] }]
    }
    if (level === 'admin' || line.exportDatasetsData !== false) return []
    const message = 'Whoever reads a project may export what they read. Leave exportDatasetsData out.'
    return [{ reason: 'export-is-reading', message, path: [...path, 'exportDatasetsData'] }]
  })
}

const ORDER: Record<ProjectLevel, number> = { read: 0, write: 1, admin: 2 }

function higher(one: ProjectLevel | null, other: ProjectLevel | null): ProjectLevel | null {
  if (one === null || other === null) return one ?? other
  return ORDER[one] < ORDER[other] ? other : one
}

function levelOfLine(line: Omit<DssPermission, 'group' | 'user'>): ProjectLevel | null {
  if (line.admin) return 'admin'
  if (line.writeProjectContent) return 'write'
  return line.readProjectContent ? 'read' : null
}
