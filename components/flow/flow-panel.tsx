'use client'

import { useQuery } from '@tanstack/react-query'
import { FormatName } from '#components/datasets/format-name'
import { Banner } from '#components/ui/banner'
import { ButtonLink } from '#components/ui/button'
import { KeyValue, type KeyValueEntry } from '#components/ui/key-value'
import { Panel } from '#components/ui/panel'
import { PathText } from '#components/ui/path-text'
import { Time } from '#components/ui/time'
import { datasetQuery, partitionsQuery } from '#lib/client/datasets'
import { sayActor } from '#lib/domain/audit/say-actor'
import type { PartitionsReport } from '#lib/domain/datasets/partitions-wire'
import type { DatasetItem } from '#lib/domain/datasets/wire'
import { formatBytes, formatCount, formatQuantity } from '#lib/domain/format'

interface FlowPanelProps {
  projectKey: string
  dataset: DatasetItem
  onClose: () => void
}

/** The facts and actions of the chosen dataset. */
export function FlowPanel({ projectKey, dataset, onClose }: FlowPanelProps) {
  const home = `/projects/${projectKey}/datasets/${encodeURIComponent(dataset.name)}`
  const { data: whole } = useQuery(datasetQuery(projectKey, dataset.name))
  const { data: listing } = useQuery({
    ...partitionsQuery(projectKey, dataset.name),
    enabled: dataset.lock === null,
  })
  return (
    <Panel
      title={<span className="mono">{dataset.name}</span>}
      width={328}
      closeLabel="Close the facts"
      onClose={onClose}
      footer={
        <div className="row">
          <ButtonLink href={`${home}/explore`}>Explore</ButtonLink>
          <ButtonLink variant="ghost" href={`${home}/settings`}>
            Settings
          </ButtonLink>
        </div>
      }
    >
      {dataset.lock && (
        <Banner tone="warn" title="Locked">
          {`${dataset.lock.message}${dataset.lock.ask.length > 0 ? ` Ask: ${dataset.lock.ask.join(', ')}.` : ''}`}
        </Banner>
      )}
      <KeyValue
        entries={[
          { key: 'Connection', value: dataset.connection, mono: true },
          { key: 'Path', value: whole && <PathText path={whole.definition.params.path} />, mono: true },
          {
            key: 'Format',
            value: whole && <FormatName type={whole.definition.formatType} />,
          },
          {
            key: 'Partitioned by',
            value: dataset.partitioned ? dataset.dimensions.join(', ') : 'not partitioned',
            mono: dataset.partitioned,
          },
          ...(listing?.report && !dataset.lock ? factsOf(listing.report) : []),
          {
            key: 'Created',
            value: whole && (
              <>
                <Time at={whole.createdAt} /> by {sayActor(whole.createdBy)}
              </>
            ),
          },
        ]}
      />
    </Panel>
  )
}

/** What the last listing found. */
function factsOf({ ledger, listedAt }: PartitionsReport): KeyValueEntry[] {
  const { partitions, matched } = ledger
  const sizeBytes = partitions.reduce((sum, partition) => sum + partition.sizeBytes, 0)
  const newest = partitions.reduce((latest, partition) => Math.max(latest, partition.lastChangedAt), 0)
  return [
    { key: 'Partitions', value: formatCount(partitions.length) },
    { key: 'Size', value: `${formatBytes(sizeBytes)} in ${formatQuantity(matched, 'file')}` },
    { key: 'Newest', value: newest > 0 ? <Time at={new Date(newest).toISOString()} /> : undefined },
    { key: 'Listed', value: <Time at={listedAt} /> },
  ]
}
