'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Badge } from '#components/ui/badge'
import { useShowMore } from '#components/ui/show-more'
import { Skeleton } from '#components/ui/skeleton'
import { type Column, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { metricsHistoryQuery } from '#lib/client/metrics'
import { METRIC_LABELS, type MetricId, sayMetric } from '#lib/domain/datasets/metrics'
import { formatQuantity } from '#lib/domain/format'
import { type Computation, groupComputations } from './computations'
import { MetricTrends } from './metric-trends'

const STEP = 10

interface MetricsHistoryProps {
  projectKey: string
  name: string
  /** An id; the dataset as a whole when null. */
  partition: string | null
  metrics: MetricId[]
  /** The right to read it has ended: what was read stays. */
  isFrozen?: boolean
}

/** What was computed so far: when, by whom, and how it went. */
export function MetricsHistory({ projectKey, name, partition, metrics, isFrozen }: MetricsHistoryProps) {
  const query = useQuery({ ...metricsHistoryQuery(projectKey, name, partition), enabled: !isFrozen })
  const computations = useMemo(() => groupComputations(query.data?.points ?? []), [query.data])
  const { shown, more } = useShowMore(computations, STEP)
  if (!query.data)
    return query.error ? (
      <ProblemNotice error={query.error} onRetry={() => query.refetch()} />
    ) : (
      <Skeleton label="Loading the history" rows={3} />
    )
  if (computations.length === 0) return <p className="muted">Nothing was computed yet.</p>
  return (
    <div className="stack">
      {computations.length > 1 && <MetricTrends computations={computations} metrics={metrics} />}
      <div className="card">
        <Table
          label={partition === null ? 'Earlier values' : `Earlier values of ${partition}`}
          columns={columnsOf(metrics)}
          rows={shown}
          rowKey={({ at }) => at}
        />
      </div>
      {more}
      <p className="small muted">
        {`The newest ${formatQuantity(query.data.keeps, 'value')} of each metric are kept.`}
      </p>
    </div>
  )
}

function columnsOf(metrics: readonly MetricId[]): Column<Computation>[] {
  return [
    {
      id: 'at',
      header: 'Computed',
      card: 'head',
      cell: ({ at, stale }) => (
        <span className="row">
          <Time at={at} as="exact" />
          {stale && <Badge>earlier settings</Badge>}
        </span>
      ),
    },
    { id: 'by', header: 'By', cell: ({ by }) => by ?? '–' },
    ...metrics.map(
      (metric): Column<Computation> => ({
        id: metric,
        header: METRIC_LABELS[metric],
        look: 'num',
        cell: ({ values }) => {
          const value = values.get(metric)
          return value === undefined ? '–' : sayMetric(metric, value)
        },
      }),
    ),
  ]
}
