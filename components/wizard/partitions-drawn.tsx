'use client'

import { type ReactNode, useMemo, useState } from 'react'
import { PartitionCalendar } from '#components/partitions/partition-calendar'
import { type Column, Table } from '#components/ui/table'
import { Time, useNowMs } from '#components/ui/time'
import { formatBytes, formatCount } from '#lib/domain/format'
import { type Dimension, findTimeDimension } from '#lib/domain/partitioning/dimensions'
import type { PartitionTotalsWire } from '#lib/domain/partitioning/ledger-wire'
import { idOfCell, toCalendarValues } from './partition-values'

interface PartitionsDrawnProps {
  partitions: readonly PartitionTotalsWire[]
  dimensions: readonly Dimension[]
  /** Stands before them. */
  lead: ReactNode
  /** The dimensions are no longer those that they were listed by. */
  stale: boolean
  onOpen: (id: string) => void
}

/** Partitions by value and period; as a table where none of the dimensions is a time. */
export function PartitionsDrawn({ partitions, dimensions, lead, stale, onOpen }: PartitionsDrawnProps) {
  // What is shown was listed with these dimensions; while they change it stands as it was.
  const [listedBy, setListedBy] = useState(dimensions)
  if (!stale && listedBy !== dimensions) setListedBy(dimensions)
  const nowMs = useNowMs()
  const minute = Math.floor((nowMs ?? 0) / 60_000)
  const values = useMemo(
    () => toCalendarValues(partitions, listedBy, minute * 60_000),
    [partitions, listedBy, minute],
  )
  const time = findTimeDimension(listedBy)
  if (!values || !time) {
    return (
      <div className={stale ? 'stack stale' : 'stack'}>
        <div className="row wrap">{lead}</div>
        <PlainTable partitions={partitions} onOpen={onOpen} />
      </div>
    )
  }
  return (
    <PartitionCalendar
      values={values}
      period={time.params.period}
      valueLabel={nameValues(listedBy)}
      lead={lead}
      stale={stale}
      onOpen={(value, period) => onOpen(idOfCell(listedBy, value, period))}
    />
  )
}

const nameValues = (dimensions: readonly Dimension[]) =>
  dimensions
    .filter(({ type }) => type === 'value')
    .map(({ name }) => name)
    .join('|')

const MOST_ROWS = 200

function PlainTable({ partitions, onOpen }: Pick<PartitionsDrawnProps, 'partitions' | 'onOpen'>) {
  const columns: Column<PartitionTotalsWire>[] = [
    {
      id: 'id',
      header: 'Partition',
      card: 'head',
      look: 'clip',
      cell: ({ id }) => (
        <button type="button" className="link mono" onClick={() => onOpen(id)}>
          {id}
        </button>
      ),
    },
    { id: 'files', header: 'Files', look: 'num', cell: ({ files }) => formatCount(files) },
    { id: 'size', header: 'Size', look: 'num', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
    {
      id: 'changed',
      header: 'Last change',
      look: 'when',
      cell: ({ lastChangedAt }) => <Time at={new Date(lastChangedAt)} />,
    },
  ]
  return (
    <>
      <div className="card">
        <Table
          label="Partitions"
          columns={columns}
          rows={[...partitions].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, MOST_ROWS)}
          rowKey={({ id }) => id}
        />
      </div>
      {partitions.length > MOST_ROWS && (
        <p className="small muted">
          The {MOST_ROWS} largest of {formatCount(partitions.length)}
        </p>
      )}
    </>
  )
}
