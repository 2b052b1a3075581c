import type { Dispatch } from 'react'
import type { Problem, WizardTab } from '#lib/domain/datasets/problem'
import type { WizardState, WizardStep } from '#lib/domain/datasets/wizard'
import type { WizardSource } from './use-wizard-source'

/** What every tab of the wizard works on; nothing of it knows whether a draft or a dataset is behind it. */
export interface WizardTabProps {
  state: WizardState
  dispatch: Dispatch<WizardStep>
  problems: readonly Problem[]
  source: WizardSource
  /** Why nothing can be changed; null where it can. */
  readOnly?: string | null
}

/** What to say under a field: its first mistake, once the person has been at its tab. */
export function mistakeAt(
  { state, problems }: Pick<WizardTabProps, 'state' | 'problems'>,
  tab: WizardTab,
  field: string,
): string | undefined {
  if (!state.touched.includes(tab)) return undefined
  return problems.find((one) => one.tab === tab && one.field === field && one.severity === 'error')?.message
}
