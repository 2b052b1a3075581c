'use client'

import type { WizardTab } from '#lib/domain/datasets/problem'
import { AdvancedTab } from './advanced-tab'
import { FilesTab } from './files-tab'
import { FormatTab } from './format-tab'
import { PartitioningTab } from './partitioning-tab'
import { SchemaTab } from './schema-tab'
import type { WizardTabProps } from './tab-props'

const TABS: Record<WizardTab, React.ComponentType<WizardTabProps>> = {
  files: FilesTab,
  format: FormatTab,
  schema: SchemaTab,
  partitioning: PartitioningTab,
  advanced: AdvancedTab,
}

/** The settings of one tab, for a dataset to be or one that is there. */
export function WizardTabs({ tab, ...props }: WizardTabProps & { tab: WizardTab }) {
  const Tab = TABS[tab]
  return <Tab {...props} />
}
