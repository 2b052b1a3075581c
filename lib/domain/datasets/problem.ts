import type { Issue } from '../result'

export const WIZARD_TABS = ['files', 'format', 'schema', 'partitioning', 'advanced'] as const
export type WizardTab = (typeof WIZARD_TABS)[number]

export const TAB_LABELS: Record<WizardTab, string> = {
  files: 'Files',
  format: 'Format / Preview',
  schema: 'Schema',
  partitioning: 'Partitioning',
  advanced: 'Advanced',
}

/** One thing wrong or worth knowing, with the tab and the field that it stands at; `name` stands above the tabs. */
export interface Problem extends Issue {
  /** Its whole place in the JSON of a dataset: `["params", "filesSelectionRules", "includeRules", 0, "expr"]`. */
  path: (string | number)[]
  tab: WizardTab | 'name'
  /** Accessible name of the field: `"Path in bucket"`. */
  field: string
  severity: 'error' | 'warning'
}
