import * as z from 'zod'
import { taggedFields } from '../field-tags'
import type { Issue } from '../result'
import type { ProjectLevel } from './policy'

/** What DSS clients keep with a project besides what has fields of its own; what only DSS knows is kept with it. */
export type KeptMetadata = Record<string, unknown>

/** The metadata of a project as DSS clients read and edit it. */
export interface DssMetadata extends KeptMetadata {
  label: string
  shortDesc: string
  description: string
  tags: string[]
  checklists: Record<string, unknown>
  customMeta: Record<string, unknown>
}

/** What a client sends back: any key may be left out, and stays then. */
export const dssMetadataChange = z.looseObject({
  label: z.string().nullish(),
  shortDesc: z.string().max(2_000).nullish(),
  description: z.string().max(2_000).nullish(),
  tags: z.array(z.string().max(200)).max(1_000).nullish(),
  checklists: z.looseObject({ checklists: z.array(z.unknown()).optional() }).nullish(),
  customMeta: z.looseObject({ kv: z.looseObject({}).optional() }).nullish(),
  metadataTag: taggedFields.nullish(),
})
export type DssMetadataChange = z.infer<typeof dssMetadataChange>

/** Gives the metadata that is kept, with everything there that clients edit in place. */
export function toDssMetadata(project: {
  name: string
  description: string
  metadata: unknown
}): DssMetadata {
  return {
    shortDesc: '',
    tags: [],
    checklists: { checklists: [] },
    customMeta: { kv: {} },
    ...asObject(project.metadata),
    label: project.name,
    description: project.description,
  }
}

/** Splits what a client sends into the project's own fields and what is kept beside them. */
export function fromDssMetadata(
  current: DssMetadata,
  change: DssMetadataChange,
): { name: string; description: string; metadata: KeptMetadata } {
  const given = Object.entries(change).filter(([, value]) => value !== null && value !== undefined)
  const { label, description, ...metadata } = { ...current, ...Object.fromEntries(given) }
  return { name: label, description, metadata }
}

/** The settings of a project as DSS clients read them. Nothing is exposed to other projects here. */
export const dssProjectSettings = z.object({
  projectKey: z.string(),
  settings: z.record(z.string(), z.unknown()),
  exposedObjects: z.object({ objects: z.array(z.never()) }),
})
export type DssProjectSettings = z.infer<typeof dssProjectSettings>

/** Tags by name, each with its color where there are colors. */
export const dssTags = z.object({ tags: z.record(z.string(), z.object({ color: z.string().nullable() })) })
export type DssTags = z.infer<typeof dssTags>

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

/** A member as a line of permissions: each level holds those below it. */
export function toDssPermission({ principal, name, level }: NamedMember): DssPermission {
  return {
    [principal]: name,
    admin: level === 'admin',
    readProjectContent: true,
    writeProjectContent: level !== 'read',
    exportDatasetsData: true,
    manageDashboardAuthorizations: level === 'admin',
  }
}

/**
 * Reads lines of permissions: `admin`, `writeProjectContent` and `readProjectContent` make the level, the highest counts, and
 * a group or person that stands twice has the highest of both. Other flags are ignored; a line with none of the three gives
 * no right and is left out.
 */
export function fromDssPermissions(lines: readonly DssPermission[]): NamedMember[] {
  const members = new Map<string, NamedMember>()
  for (const line of lines) {
    const level = levelOfLine(line)
    const principal = line.group ? 'group' : 'user'
    const name = line.group || line.user
    if (level === null || !name) continue
    const key = `${principal} ${name}`
    const before = members.get(key)
    if (before === undefined || ORDER[before.level] < ORDER[level])
      members.set(key, { principal, name, level })
  }
  return [...members.values()]
}

/**
 * What would be another right than the one that is asked for: a line for nobody, one that gives nothing here of what it names, and
 * reading without exporting, which are one right.
 */
export function permissionIssues(lines: readonly DssPermission[]): Issue[] {
  return lines.flatMap((line, index): Issue[] => {
    const level = levelOfLine(line)
    const path = ['permissions', index]
    const asked = Object.keys(line).find((flag) => line[flag] === true)
    if (asked === undefined) return []
    if (!line.group && !line.user)
      return [{ reason: 'no-principal', message: 'Name the group or the user that this line is for.', path }]
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

function levelOfLine(line: DssPermission): ProjectLevel | null {
  if (line.admin) return 'admin'
  if (line.writeProjectContent) return 'write'
  return line.readProjectContent ? 'read' : null
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
