'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { NoMatches } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { SearchField } from '#components/ui/search-field'
import { Skeleton } from '#components/ui/skeleton'
import { type Column, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { partitionMetricsQuery } from '#lib/client/metrics'
import {
  METRIC_LABELS,
  METRICS_OF_PARTITIONS,
  type MetricId,
  type PartitionMetrics,
  sayMetric,
  sayUnread,
} from '#lib/domain/datasets/metrics'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatQuantity } from '#lib/domain/format'

const findValue = ({ values }: PartitionMetrics, metric: MetricId) =>
  values.find((value) => value.metric === metric)
const columnsOf = (onOpen: (id: string) => void): Column<PartitionMetrics>[] => [
  {
    id: 'id',
    header: 'Partition',
    look: 'mono',
    card: 'head',
    cell: ({ id }) => <LinkButton onClick={() => onOpen(id)}>{id}</LinkButton>,
  },
  ...METRICS_OF_PARTITIONS.map(
    (metric): Column<PartitionMetrics> => ({
      id: metric,
      header: METRIC_LABELS[metric],
      look: 'num',
      cell: (one) => {
        const found = findValue(one, metric)
        if (!found) return '–'
        const unread = sayUnread(found.unreadFiles)
        return (
          <>
            {sayMetric(metric, found.value)}
            {found.declaredFiles > 0 && <span className="small muted block">by the footers</span>}
            {unread && <span className="small muted block">{unread}</span>}
          </>
        )
      },
    }),
  ),
  {
    id: 'at',
    header: 'Computed',
    look: 'when',
    cell: ({ values }) => {
      const at = values
        .map(({ computedAt }) => computedAt)
        .sort()
        .at(-1)
      return at ? <Time at={at} /> : null
    },
  },
]

interface MetricsTableProps {
  dataset: Dataset
  stale: boolean
  onOpen: (id: string) => void
}

/** What each partition has, as far as it was counted. */
export function MetricsTable({ dataset: { projectKey, name }, stale, onOpen }: MetricsTableProps) {
  const [search, setSearch] = useState('')
  const query = useInfiniteQuery(partitionMetricsQuery(projectKey, name, useDeferredValue(search.trim())))
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query
  const rows = data?.pages.flatMap(({ partitions }) => partitions) ?? []
  return (
    <div className="stack">
      <SearchField page className="w-l" label="Search partitions" value={search} onValueChange={setSearch} />
      <ProblemNotice error={error} onRetry={() => refetch()} />
      {!data && !error && <Skeleton label="Loading metrics by partition" rows={6} />}
      {rows.length > 0 && (
        <div className={stale ? 'card stale' : 'card'}>
          <Table
            label="Metrics by partition"
            columns={columnsOf(onOpen)}
            rows={rows}
            rowKey={({ id }) => id}
          />
        </div>
      )}
      {data && rows.length === 0 && <NoMatches what="partitions" onClear={() => setSearch('')} />}
      {hasNextPage && (
        <div className="row wrap">
          <Button small busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            Show more
          </Button>
          <span className="small muted" role="status">
            {formatQuantity(rows.length, 'partition')} shown
          </span>
        </div>
      )}
    </div>
  )
}
