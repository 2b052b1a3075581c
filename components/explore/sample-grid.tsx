'use client'

import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { ColumnsMenu } from '#components/grid/columns-menu'
import { DataGrid, type DataGridHandle } from '#components/grid/data-grid'
import { useGridLayout } from '#components/grid/use-grid-layout'
import { NoMatches } from '#components/ui/empty-state'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { cellOf, describeColumns, markOf } from './column-validity'
import { SampleFoot } from './sample-foot'
import { SampleRecord } from './sample-record'
import { AS_READ, arrange, type SampleView } from './sample-view'
import { FilterMenu, SortMenu } from './view-menus'

interface SampleGridProps {
  dataset: Dataset
  sample: Sample
  /** Left of the tool bar: which records these are. */
  lead: ReactNode
  /** Under the tool bar: what is to be known of this sample. */
  notes: ReactNode
  error: ReactNode
  updating: boolean
  stale: boolean
}

/** The rows of a sample, filtered and sorted as one likes, and one record whole beside them. */
export function SampleGrid({ dataset, sample, lead, notes, error, updating, stale }: SampleGridProps) {
  const grid = useRef<DataGridHandle>(null)
  const [view, setView] = useState<SampleView>(AS_READ)
  const [open, setOpen] = useState<{ sample: Sample; row: number } | null>(null)
  const columns = useMemo(() => describeColumns(sample), [sample])
  const layout = useGridLayout(`explore:${dataset.projectKey}.${dataset.name}`, columns)
  const places = useMemo(() => arrange(sample, view), [sample, view])
  const readCell = useCallback(
    (row: number, column: number) => {
      const record = sample.rows[places[row] ?? -1]
      return record && cellOf(record, column)
    },
    [sample, places],
  )
  const markRow = useCallback(
    (row: number) => {
      const record = sample.rows[places[row] ?? -1]
      return record && markOf(record)
    },
    [sample, places],
  )
  // A record of the sample before is not in this one.
  const row = open?.sample === sample ? open.row : null
  const show = (next: number | null) => setOpen(next === null ? null : { sample, row: next })
  const change = (next: SampleView) => {
    setView(next)
    setOpen(null)
  }
  const menus = { columns: sample.columns, view, onViewChange: change }
  return (
    <div className="split">
      <div className="grow min-w-0">
        <div className="toolbar">
          {lead}
          <span className="end" />
          <FilterMenu {...menus} />
          <span className="only-l row gap-2">
            <SortMenu {...menus} />
            <ColumnsMenu layout={layout} />
          </span>
        </div>
        {notes}
        {places.length === 0 ? (
          <div className="grid-wrap" data-bare="">
            <NoMatches what="records of this sample" onClear={() => change(AS_READ)} />
          </div>
        ) : (
          <DataGrid
            ref={grid}
            label="Sample"
            layout={layout}
            rowCount={places.length}
            readCell={readCell}
            markRow={markRow}
            selectedRow={row}
            onOpenRow={show}
            onOpenColumn={(column) => change({ ...view, sort: nextSort(view.sort, column) })}
            updating={updating}
            stale={stale}
            error={error}
          />
        )}
        <SampleFoot sample={sample} shown={places.length} view={view} updating={updating} />
      </div>
      {row !== null && (
        <SampleRecord
          dataset={dataset}
          sample={sample}
          place={places[row] ?? -1}
          number={row + 1}
          onPrevious={row > 0 ? () => show(row - 1) : null}
          onNext={row < places.length - 1 ? () => show(row + 1) : null}
          onClose={() => {
            show(null)
            grid.current?.focus()
          }}
        />
      )}
    </div>
  )
}

/** A header sorts up, then down, then not. */
function nextSort(sort: SampleView['sort'], column: string): SampleView['sort'] {
  if (sort?.column !== column) return { column, direction: 'ascending' }
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : null
}
