import * as z from 'zod'
import { spaceName } from '../identity/fields'

const at = z.iso.datetime()

/** The space, and what the operator set for the whole deployment. */
export const settings = z.object({
  space: z.object({ id: z.string(), name: z.string(), createdAt: at }),
  operator: z.object({
    url: z.string(),
    entitlement: z.enum(['customer', 'trial']),
    allowedEndpoints: z.array(z.string()),
    allowEnvironmentCredentials: z.boolean(),
    /** Host and port; none = AWS. */
    storeEndpoint: z.string().nullable(),
    storeRegion: z.string(),
    storeBucket: z.string(),
    /** Host, port and name, without who signs in there. */
    database: z.string(),
  }),
  installation: z.object({ version: z.string(), shortId: z.string(), createdAt: at }),
  canSave: z.boolean(),
})
export type Settings = z.infer<typeof settings>

export const spaceChange = z.object({ name: spaceName })
export type SpaceChange = z.infer<typeof spaceChange>

const state = z.enum(['ok', 'failed'])

/** Whether this installation can do its work. */
export const health = z.object({
  status: z.enum(['live', 'ready', 'not-ready']),
  checks: z.object({ database: state, objectStore: state, worker: state }).optional(),
})
export type Health = z.infer<typeof health>
