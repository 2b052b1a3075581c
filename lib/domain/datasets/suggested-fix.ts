import type { Detection } from '../formats/detection'
import type { Preview } from '../formats/wire'
import type { DatasetDefinition } from './definition'
import type { WizardStep } from './wizard'

/** What mends a problem of a file with one click. */
export interface SuggestedFix {
  label: string
  step: WizardStep
}

/** What is known of the files beside the problem; a detection that is still under way is null. */
export interface FixContext {
  definition: DatasetDefinition
  preview: Pick<Preview, 'usedPath' | 'charset' | 'looksLike'>
  detection: Detection | null
}
