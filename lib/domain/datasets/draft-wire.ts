import * as z from 'zod'
import { datasetDefinition } from './definition'
import { WIZARD_TABS } from './problem'

/** The wizard's settings as they are kept on the server: no rows, no secrets. */
export const wizardSettings = z.object({
  name: z.string().max(200),
  definition: datasetDefinition,
  partitioningActive: z.boolean(),
  touched: z.array(z.enum(WIZARD_TABS)),
  columnsReadBy: z.string().optional(),
})

export const draft = z.object({
  id: z.string(),
  version: z.number().int(),
  settings: wizardSettings,
  updatedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type Draft = z.infer<typeof draft>

export const draftSave = z.object({ version: z.number().int(), settings: wizardSettings })
export type DraftSave = z.infer<typeof draftSave>

export const draftList = z.object({
  drafts: z.array(
    z.object({ id: z.string(), name: z.string(), connection: z.string(), updatedAt: z.iso.datetime() }),
  ),
})
