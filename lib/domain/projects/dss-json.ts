import * as z from 'zod'
import { overlayExact } from '../exact-json'
import { taggedFields } from '../field-tags'

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

/** What people say of a project, where a client says anything. */
export const dssSaidOfProject = {
  label: z.string().nullish(),
  shortDesc: z.string().max(2_000).nullish(),
  description: z.string().max(2_000).nullish(),
  tags: z.array(z.string().max(200)).max(1_000).optional(),
  checklists: z.looseObject({ checklists: z.array(z.unknown()).optional() }).optional(),
  customMeta: z.looseObject({ kv: z.looseObject({}).optional() }).optional(),
  metadataTag: taggedFields.nullish(),
}
/** What a client sends back: any key may be left out, and stays then. */
export const dssMetadataChange = z.looseObject(dssSaidOfProject)
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
  const given = Object.entries(change).filter(
    // Null says nothing of what is known here; what only clients know is theirs.
    ([key, value]) => value !== undefined && (value !== null || !Object.hasOwn(dssSaidOfProject, key)),
  )
  const next = overlayExact(current, Object.fromEntries(given)) as DssMetadata
  const { label, description, ...metadata } = next
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

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
