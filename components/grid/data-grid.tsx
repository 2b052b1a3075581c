// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual, which a table cannot carry
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its cell with aria-activedescendant

'use client'

import { type ReactNode, type Ref, useId, useImperativeHandle } from 'react'
import { GridHead } from './grid-head'
import type { RowMark } from './grid-model'
import { cellId, GridRow } from './grid-row'
import { type GridContent, useGridActions } from './use-grid-actions'
import { useGridWindow } from './use-grid-window'

export type { CellValue, GridColumn, RowMark } from './grid-model'

export interface DataGridHandle {
  /** Puts the focus back on the current cell. */
  focus: () => void
}

export interface DataGridProps extends GridContent {
  /** What the rows are: `"Sample"`. */
  label: string
  /** Tells the rows that are no record, such as text that could not be parsed: their text stands across all columns. */
  markRow?: (row: number) => RowMark | undefined
  /** The row whose record is open. */
  selectedRow?: number | null
  /** New rows are being read: these stay, at 60 %. Say so beside the grid, by `GridUpdating`. */
  updating?: boolean
  /** The rows are older than what failed; shown at 60 % under `error`. */
  stale?: boolean
  error?: ReactNode
  ref?: Ref<DataGridHandle>
}

/** Rows and columns by the ten thousand: only those in sight exist. One tab stop; the keys move a current cell. */
export function DataGrid(props: DataGridProps) {
  const { layout, rowCount, readCell, selectedRow = null, updating } = props
  const gridId = useId()
  const columns = layout.shown
  const sight = useGridWindow(layout, rowCount)
  const { scroller, rows, across, widthOf } = sight
  const { current, choose, onKeyDown, onClick } = useGridActions(props, sight)
  const inSight = across.getVirtualItems()
  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus() }), [scroller])
  return (
    <div className={`grid-frame${updating || props.stale ? ' stale' : ''}`}>
      {props.error}
      <div
        ref={scroller}
        className="grid-wrap"
        role="grid"
        id={gridId}
        aria-label={props.label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + 1}
        aria-readonly="true"
        aria-busy={updating || undefined}
        aria-activedescendant={columns.length > 0 ? cellId(gridId, current.row, current.column) : undefined}
        data-bare={columns.length === 0 ? '' : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div
          role="presentation"
          className="grid"
          style={{ height: rows.getTotalSize(), width: across.getTotalSize() }}
        >
          <GridHead gridId={gridId} columns={columns} sight={sight} current={current} onChoose={choose} />
          {rows.getVirtualItems().map((item) => (
            <GridRow
              key={item.key}
              gridId={gridId}
              row={item.index}
              topPx={item.start}
              columns={columns}
              virtual={inSight}
              pinWidthPx={widthOf(0)}
              readCell={readCell}
              mark={props.markRow?.(item.index)}
              selected={item.index === selectedRow}
              currentColumn={item.index === current.row ? current.column : null}
            />
          ))}
        </div>
      </div>
    </div>
  )
}
