'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { JobState } from '#components/jobs/job-state'
import { type FollowedJob, useFollowedJob } from '#components/jobs/use-followed-job'
import { Section, WorkContent } from '#components/layout/page'
import { MetricsHistory } from '#components/metrics/metrics-history'
import { OutsideCounted } from '#components/metrics/outside-counted'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Figures } from '#components/ui/figures'
import { Panel } from '#components/ui/panel'
import { Time } from '#components/ui/time'
import { metricsQuery, useComputeMetrics } from '#lib/client/metrics'
import {
  type DatasetMetrics,
  METRIC_IDS,
  METRIC_LABELS,
  METRICS_OF_PARTITIONS,
  sayDeclared,
  sayMetric,
  sayUnread,
} from '#lib/domain/datasets/metrics'
import type { Dataset } from '#lib/domain/datasets/wire'
import { DatasetFrame } from './dataset-frame'
import { DatasetJobTab } from './dataset-job-tab'
import { MetricsTable } from './metrics-table'

/** Metrics: how much a dataset has, when that was counted, how it went, and the same of each partition. */
export function MetricsPage({ projectKey, name }: { projectKey: string; name: string }) {
  return (
    <DatasetFrame projectKey={projectKey} name={name} tab="metrics" readsData>
      {(dataset, ended) => <Metrics dataset={dataset} ended={ended} />}
    </DatasetFrame>
  )
}

function Metrics({ dataset, ended }: { dataset: Dataset; ended: string | null }) {
  const { projectKey, name } = dataset
  const query = useQuery({ ...metricsQuery(projectKey, name), enabled: ended === null })
  const computing = useFollowedJob({
    starter: useComputeMetrics(projectKey, name),
    underWayId: query.data?.jobId ?? null,
    changes: [{ queryKey: metricsQuery(projectKey, name).queryKey }],
  })
  const [partition, setPartition] = useState<string | null>(null)
  return (
    <DatasetJobTab
      dataset={dataset}
      tab="metrics"
      query={query}
      followed={computing}
      action={(metrics) => (isEmpty(metrics) ? null : 'Compute')}
      ended={ended}
    >
      {(metrics) => (
        <div className="split">
          <WorkContent label="Metrics">
            {ended === null && (
              <JobState
                projectKey={projectKey}
                followed={computing}
                label="Computing metrics"
                unit="file"
                stays="The values before stay."
                again="Compute again"
              />
            )}
            {isEmpty(metrics) ? (
              !computing.underWay && <NotComputed computing={computing} ended={ended} />
            ) : (
              <Counted dataset={dataset} metrics={metrics} ended={ended} onOpen={setPartition} />
            )}
          </WorkContent>
          {partition !== null && (
            <Panel
              key={partition}
              title={<span className="mono">{partition}</span>}
              width={560}
              closeLabel="Close the history"
              onClose={() => setPartition(null)}
            >
              <MetricsHistory
                projectKey={projectKey}
                name={name}
                partition={partition}
                metrics={METRICS_OF_PARTITIONS}
                isFrozen={ended !== null}
              />
            </Panel>
          )}
        </div>
      )}
    </DatasetJobTab>
  )
}

const isEmpty = ({ whole, partitions }: DatasetMetrics) => whole.length === 0 && partitions.length === 0

function NotComputed({ computing, ended }: { computing: FollowedJob; ended: string | null }) {
  return (
    <EmptyState
      icon="columns"
      title="Not computed yet"
      actions={
        ended === null && (
          <Button icon="refresh" onClick={computing.start}>
            Compute
          </Button>
        )
      }
    >
      Files and their size are counted by a listing; to count records, each file is read once.
    </EmptyState>
  )
}

interface CountedProps {
  dataset: Dataset
  metrics: DatasetMetrics
  ended: string | null
  /** Shows the history of a partition. */
  onOpen: (partition: string) => void
}

function Counted({ dataset, metrics: { whole, outside, partitions }, ended, onOpen }: CountedProps) {
  const stale = whole.some((value) => value.stale)
  const unread = sayUnread(whole.reduce((sum, { unreadFiles }) => sum + unreadFiles, 0))
  const declared = sayDeclared(whole.reduce((sum, { declaredFiles }) => sum + declaredFiles, 0))
  return (
    <>
      {stale && (
        <Banner tone="warn" title="The settings have changed since these were computed">
          Compute counts by the settings as they are now.
        </Banner>
      )}
      {unread && (
        <Banner tone="warn" title={`Not all records are counted: ${unread}`}>
          The settings leave out what cannot be read, on Advanced: Unreadable files.
        </Banner>
      )}
      {ended === null && <OutsideCounted dataset={dataset} outside={outside} />}
      {whole.length > 0 && (
        <Figures
          items={METRIC_IDS.flatMap((metric) => {
            const found = whole.find((value) => value.metric === metric)
            if (!found) return []
            const [value, unit] = sayMetric(metric, found.value).split(' ')
            const note = <Time key={metric} at={found.computedAt} />
            return [{ label: METRIC_LABELS[metric], value, note, ...(unit ? { unit } : {}) }]
          })}
        />
      )}
      {declared && (
        <p className="small muted">
          {declared} A file with a damaged page is found by those who read its records.
        </p>
      )}
      <Section title="History">
        <MetricsHistory
          projectKey={dataset.projectKey}
          name={dataset.name}
          partition={null}
          metrics={[...METRIC_IDS]}
          isFrozen={ended !== null}
        />
      </Section>
      {partitions.length > 0 && (
        <Section title="Partitions" note="Choose one for its history.">
          <MetricsTable dataset={dataset} stale={stale} onOpen={onOpen} />
        </Section>
      )}
    </>
  )
}
