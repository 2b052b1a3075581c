'use client'

import { useState } from 'react'
import { LinkButton } from '#components/ui/button'
import { NoMatches } from '#components/ui/empty-state'
import { SearchField } from '#components/ui/search-field'
import { useShowMore } from '#components/ui/show-more'
import { type Column, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import {
  type DatasetMetrics,
  METRIC_LABELS,
  METRICS_OF_PARTITIONS,
  type MetricId,
  sayMetric,
  sayUnread,
} from '#lib/domain/datasets/metrics'

type Partition = DatasetMetrics['partitions'][number]

const findValue = ({ values }: Partition, metric: MetricId) => values.find((value) => value.metric === metric)
const columnsOf = (onOpen: (id: string) => void): Column<Partition>[] => [
  {
    id: 'id',
    header: 'Partition',
    look: 'mono',
    card: 'head',
    cell: ({ id }) => <LinkButton onClick={() => onOpen(id)}>{id}</LinkButton>,
  },
  ...METRICS_OF_PARTITIONS.map(
    (metric): Column<Partition> => ({
      id: metric,
      header: METRIC_LABELS[metric],
      look: 'num',
      cell: (one) => {
        const found = findValue(one, metric)
        if (!found) return '–'
        const unread = sayUnread(found.unreadFiles)
        if (!unread) return sayMetric(metric, found.value)
        return (
          <>
            {sayMetric(metric, found.value)}
            <span className="small muted block">{unread}</span>
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
  partitions: Partition[]
  stale: boolean
  onOpen: (id: string) => void
}

/** What each partition has, as far as it was counted. */
export function MetricsTable({ partitions, stale, onOpen }: MetricsTableProps) {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = partitions.filter(({ id }) => id.toLowerCase().includes(wanted))
  const { shown, more } = useShowMore(found)
  return (
    <div className="stack">
      <SearchField page className="w-l" label="Search partitions" value={search} onValueChange={setSearch} />
      {found.length > 0 ? (
        <div className={stale ? 'card stale' : 'card'}>
          <Table
            label="Metrics by partition"
            columns={columnsOf(onOpen)}
            rows={shown}
            rowKey={({ id }) => id}
          />
        </div>
      ) : (
        <NoMatches what="partitions" onClear={() => setSearch('')} />
      )}
      {more}
    </div>
  )
}
