import type { ReactNode } from 'react'
import { WorkHeader } from '#components/layout/page'
import { Badge } from '#components/ui/badge'
import { TabLinks } from '#components/ui/tab-links'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatQuantity } from '#lib/domain/format'
import { type DatasetTab, datasetAddress } from './dataset-address'

const TABS: [tab: DatasetTab, label: string][] = [
  ['explore', 'Explore'],
  ['partitions', 'Partitions'],
  ['metrics', 'Metrics'],
  ['settings', 'Settings'],
]

interface DatasetHeadProps {
  dataset: Dataset
  tab: DatasetTab
  /** What one can do on this tab, the primary action last. */
  actions?: ReactNode
}

/** Name, how many partitions there are, and the tabs of a dataset. */
export function DatasetHead({ dataset, tab, actions }: DatasetHeadProps) {
  const { projectKey, name } = dataset
  return (
    <>
      <WorkHeader
        title={name}
        badge={<Badge>{sayPartitions(dataset)}</Badge>}
        {...(actions ? { actions } : {})}
      />
      <DatasetTabs projectKey={projectKey} name={name} tab={tab} />
    </>
  )
}

/** The head of a dataset that is still being read: what its address says. */
export function DatasetHeadToCome({ name, ...tabs }: DatasetTabsProps) {
  return (
    <>
      <WorkHeader title={name} />
      <DatasetTabs name={name} {...tabs} />
    </>
  )
}

interface DatasetTabsProps {
  projectKey: string
  name: string
  tab: DatasetTab
}

function DatasetTabs({ projectKey, name, tab }: DatasetTabsProps) {
  return (
    <TabLinks
      className="ds-tabs"
      label="Dataset"
      items={TABS.map(([to, label]) => ({ label, href: datasetAddress(projectKey, name, to) }))}
      current={datasetAddress(projectKey, name, tab)}
    />
  )
}

function sayPartitions({ partitioned, partitions }: Dataset): string {
  if (!partitioned) return 'not partitioned'
  return partitions === null ? 'partitioned' : formatQuantity(partitions, 'partition')
}
