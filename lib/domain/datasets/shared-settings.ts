import * as z from 'zod'
import { fail, ok, type Result } from '../result'
import { type DatasetDefinition, datasetDefinition } from './definition'
import { WIZARD_TABS } from './problem'
import type { WizardState } from './wizard'

/** What a link carries: settings alone, so that whoever opens it reads under rights of their own. */
const sharedSettings = z.object({
  version: z.literal(1),
  name: z.string().max(200),
  definition: datasetDefinition,
  /** The tabs that whoever shares them has set. */
  touched: z.array(z.enum(WIZARD_TABS)).max(WIZARD_TABS.length).optional(),
})

type Shared = Pick<WizardState, 'name' | 'definition' | 'touched'>

/** The settings of a wizard as the text that a link carries. */
export function writeSharedSettings({ name, definition, touched }: Shared): string {
  return JSON.stringify({ version: 1, name, definition, touched })
}

/** Reads what a link carries; a text that is something else is refused with a sentence. */
export function readSharedSettings(text: string): Result<WizardState> {
  const parsed = sharedSettings.safeParse(parseJson(text))
  if (parsed.success) {
    const { name, definition, touched } = parsed.data
    return ok({ ...takenOver(name, definition), ...(touched ? { touched } : {}) })
  }
  return fail({
    reason: 'not-shared-settings',
    message: 'This link does not hold the settings of a dataset. Ask for it again.',
  })
}

/** Settings of elsewhere as one's own: every tab was set by somebody, so that its mistakes show at its fields. */
export function takenOver(name: string, definition: DatasetDefinition): WizardState {
  const { dimensions, filePathPattern = '' } = definition.partitioning
  return {
    name,
    definition,
    partitioningActive: dimensions.length > 0 || filePathPattern !== '',
    touched: [...WIZARD_TABS],
  }
}

/** Parses JSON; undefined where it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
