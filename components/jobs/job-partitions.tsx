'use client'

import { useMemo } from 'react'
import { useShowMore } from '#components/ui/show-more'
import { Table } from '#components/ui/table'
import { usePartitionItems } from '#components/wizard/use-partition-items'
import { formatBytes, formatCount } from '#lib/domain/format'

const STEP = 20

/** The partitions that a listing gave out so far, as they come. */
export function JobPartitions({ jobId }: { jobId: string }) {
  const found = usePartitionItems(jobId)
  const sorted = useMemo(() => found.toSorted((a, b) => (a.id < b.id ? -1 : 1)), [found])
  const { shown, more } = useShowMore(sorted, STEP)
  if (sorted.length === 0) return null
  return (
    <section aria-label="Partitions found" className="stack">
      <h3>Partitions found</h3>
      <Table
        label="Partitions found"
        cards={false}
        rows={shown}
        rowKey={({ id }) => id}
        columns={[
          { id: 'id', header: 'Partition', look: 'mono', cell: ({ id }) => id },
          { id: 'files', header: 'Files', look: 'num', width: 72, cell: (one) => formatCount(one.files) },
          { id: 'size', header: 'Size', look: 'num', width: 88, cell: (one) => formatBytes(one.sizeBytes) },
        ]}
      />
      {more}
    </section>
  )
}
