import * as z from 'zod'
import { datasetDefinition } from './definition'

/** Why a dataset cannot be opened by the caller, and whom to ask; null when it can. */
export const datasetLock = z
  .object({
    reason: z.enum(['connection-removed', 'connection-not-usable']),
    message: z.string(),
    ask: z.array(z.string()),
    connection: z.string(),
    /** Who removed its connection, when, and which extension brings it back. */
    removed: z.object({ by: z.string(), at: z.iso.datetime(), extension: z.string().nullable() }).nullable(),
  })
  .nullable()
export type DatasetLock = z.infer<typeof datasetLock>

const datasetSummary = z.object({
  name: z.string(),
  type: z.literal('S3'),
  connection: z.string(),
  partitioned: z.boolean(),
  dimensions: z.array(z.string()),
  /** How many the last whole listing of these settings found; null before there is one. */
  partitions: z.number().int().nullable(),
  lock: datasetLock,
  updatedAt: z.iso.datetime(),
})

export const datasetItem = datasetSummary.extend({ createdBy: z.string() })
export type DatasetItem = z.infer<typeof datasetItem>
export const datasetList = z.object({ datasets: z.array(datasetItem), canCreate: z.boolean() })

export const dataset = datasetSummary.extend({
  projectKey: z.string(),
  definition: datasetDefinition,
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedBy: z.string(),
  can: z.object({ read: z.boolean(), edit: z.boolean(), delete: z.boolean() }),
})
export type Dataset = z.infer<typeof dataset>

export const datasetCreation = z.object({
  name: z.string().max(200),
  definition: datasetDefinition,
  /** The draft it comes from; gone once the dataset is there. */
  draftId: z.string().optional(),
})
export type DatasetCreation = z.infer<typeof datasetCreation>

export const datasetSave = z.object({ version: z.number().int(), definition: datasetDefinition })
export const datasetRename = z.object({ name: z.string().max(200) })
export type DatasetSave = z.infer<typeof datasetSave>
