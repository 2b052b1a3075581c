'use client'

import { useState } from 'react'
import { LinkButton } from '#components/ui/link-button'
import { SearchField } from '#components/ui/search-field'
import { useShowMore } from '#components/ui/show-more'
import { type Column, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import type { PartitionsReport } from '#lib/domain/datasets/partitions-wire'
import { formatBytes, formatCount } from '#lib/domain/format'

type Partition = PartitionsReport['ledger']['partitions'][number]

interface PartitionTableProps {
  report: PartitionsReport
  onOpen: (id: string) => void
  stale: boolean
}

/** Partitions without a time dimension, as rows. */
export function PartitionTable({ report, onOpen, stale }: PartitionTableProps) {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = report.ledger.partitions.filter(({ id }) => id.toLowerCase().includes(wanted))
  const { shown, more } = useShowMore(found)
  const columns: Column<Partition>[] = [
    {
      id: 'id',
      header: 'Partition',
      look: 'mono',
      card: 'head',
      cell: ({ id }) => <LinkButton onClick={() => onOpen(id)}>{id}</LinkButton>,
    },
    { id: 'files', header: 'Files', look: 'num', cell: (one) => formatCount(one.files) },
    { id: 'size', header: 'Size', look: 'num', cell: (one) => formatBytes(one.sizeBytes) },
    {
      id: 'first',
      header: 'First change',
      look: 'when',
      cell: (one) => <Time at={new Date(one.firstChangedAt)} />,
    },
    {
      id: 'last',
      header: 'Last change',
      look: 'when',
      cell: (one) => <Time at={new Date(one.lastChangedAt)} />,
    },
  ]
  return (
    <div className="stack">
      <div className="row wrap">
        <SearchField page label="Search partitions" value={search} onValueChange={setSearch} />
        <span className="small muted">
          Listed <Time at={report.listedAt} as="clock" />
        </span>
      </div>
      <div className={stale ? 'card stale' : 'card'}>
        <Table label="Partitions" columns={columns} rows={shown} rowKey={({ id }) => id} />
      </div>
      {more}
    </div>
  )
}
