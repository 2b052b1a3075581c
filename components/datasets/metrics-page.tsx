'use client'

import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#components/access/problem-notice'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Figures } from '#components/ui/figures'
import { Skeleton } from '#components/ui/skeleton'
import { Time } from '#components/ui/time'
import { metricsQuery } from '#lib/client/metrics'
import { type DatasetMetrics, METRIC_IDS, METRIC_LABELS } from '#lib/domain/datasets/metrics'
import type { Dataset } from '#lib/domain/datasets/wire'
import { DatasetFrame } from './dataset-frame'
import { DatasetHead } from './dataset-head'
import { MetricsState } from './metrics-state'
import { MetricsTable, sayMetric } from './metrics-table'
import { type MetricsJob, useMetricsJob } from './use-metrics-job'

/** Metrics: how much a dataset has, when that was counted, and the same of each partition. */
export function MetricsPage({ projectKey, name }: { projectKey: string; name: string }) {
  return (
    <DatasetFrame
      projectKey={projectKey}
      name={name}
      readsData
      loading={<Skeleton label={`Loading ${name}`} rows={6} />}
    >
      {(dataset, ended) => <Metrics dataset={dataset} ended={ended} />}
    </DatasetFrame>
  )
}

function Metrics({ dataset, ended }: { dataset: Dataset; ended: string | null }) {
  const query = useQuery({ ...metricsQuery(dataset.projectKey, dataset.name), enabled: ended === null })
  const computing = useMetricsJob(dataset, query.data?.jobId ?? null)
  return (
    <>
      <DatasetHead
        dataset={dataset}
        tab="metrics"
        actions={
          query.data && (
            <Button icon="refresh" busy={computing.underWay} disabledReason={ended} onClick={computing.start}>
              Compute
            </Button>
          )
        }
      />
      <section
        className="grow min-w-0 overflow-auto"
        aria-label="Metrics"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div className="stack-6 px-6 pt-5 pb-8 max-md:px-4">
          {query.data ? (
            <Counted metrics={query.data} computing={computing} ended={ended} />
          ) : (
            <>
              <ProblemNotice error={query.error} onRetry={() => query.refetch()} />
              {!query.error && <Skeleton label="Loading metrics" rows={6} />}
            </>
          )}
        </div>
      </section>
    </>
  )
}

interface CountedProps {
  metrics: DatasetMetrics
  computing: MetricsJob
  ended: string | null
}

function Counted({ metrics: { whole, partitions }, computing, ended }: CountedProps) {
  const stale = whole.some((value) => value.stale)
  if (whole.length === 0 && partitions.length === 0)
    return (
      <>
        {ended === null && <MetricsState computing={computing} />}
        {!computing.underWay && (
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
        )}
      </>
    )
  return (
    <>
      {ended === null && <MetricsState computing={computing} />}
      {stale && (
        <Banner tone="warn" title="The settings have changed since these were computed">
          Compute counts by the settings as they are now.
        </Banner>
      )}
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
      {partitions.length > 0 && <MetricsTable partitions={partitions} stale={stale} />}
    </>
  )
}
