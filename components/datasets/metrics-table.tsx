'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { NoMatches } from '#components/ui/empty-state'
import { SearchField } from '#components/ui/search-field'
import { type Column, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { type DatasetMetrics, METRIC_IDS, METRIC_LABELS, type MetricId } from '#lib/domain/datasets/metrics'
import { formatBytes, formatCount } from '#lib/domain/format'

const STEP = 200

type Partition = DatasetMetrics['partitions'][number]

/** A value of a metric as people read it. */
export const sayMetric = (metric: MetricId, value: number): string =>
  metric === 'basic:SIZE' ? formatBytes(value) : formatCount(value)

const findValue = ({ values }: Partition, metric: MetricId) => values.find((value) => value.metric === metric)
/** A schema has as many columns whichever partition is asked. */
const SHOWN = METRIC_IDS.filter((metric) => metric !== 'basic:COUNT_COLUMNS')

const COLUMNS: Column<Partition>[] = [
  { id: 'id', header: 'Partition', look: 'mono', card: 'head', cell: ({ id }) => id },
  ...SHOWN.map(
    (metric): Column<Partition> => ({
      id: metric,
      header: METRIC_LABELS[metric],
      look: 'num',
      cell: (one) => {
        const found = findValue(one, metric)
        return found ? sayMetric(metric, found.value) : '–'
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

/** What each partition has, as far as it was counted. */
export function MetricsTable({ partitions, stale }: { partitions: Partition[]; stale: boolean }) {
  const [search, setSearch] = useState('')
  const [most, setMost] = useState(STEP)
  const wanted = search.trim().toLowerCase()
  const found = partitions.filter(({ id }) => id.toLowerCase().includes(wanted))
  return (
    <div className="stack">
      <SearchField page className="w-l" label="Search partitions" value={search} onValueChange={setSearch} />
      {found.length > 0 ? (
        <div className={stale ? 'card stale' : 'card'}>
          <Table
            label="Metrics by partition"
            columns={COLUMNS}
            rows={found.slice(0, most)}
            rowKey={({ id }) => id}
          />
        </div>
      ) : (
        <NoMatches what="partitions" onClear={() => setSearch('')} />
      )}
      {found.length > most && (
        <div className="row">
          <Button small onClick={() => setMost(most + STEP)}>
            Show {formatCount(Math.min(STEP, found.length - most))} more
          </Button>
          <span className="small muted">
            {formatCount(most)} of {formatCount(found.length)} shown
          </span>
        </div>
      )}
    </div>
  )
}
