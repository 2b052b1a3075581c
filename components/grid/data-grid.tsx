// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual, which a table cannot carry
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its cell with aria-activedescendant

'use client'

import { type MouseEvent, type ReactNode, type Ref, useId, useImperativeHandle } from 'react'
import { HeaderCell } from './grid-header'
import type { CellPlace, CellValue, RowMark } from './grid-model'
import { cellId, GridRow } from './grid-row'
import { useGridCursor } from './use-grid-cursor'
import type { GridLayout } from './use-grid-layout'
import { useGridWindow } from './use-grid-window'

export type { CellValue, GridColumn, RowMark } from './grid-model'

export interface DataGridHandle {
  /** Puts the focus back on the current cell. */
  focus: () => void
}

export interface DataGridProps {
  /** What the rows are: `"Sample"`. */
  label: string
  layout: GridLayout
  rowCount: number
  /** Reads a cell by its row and the column's place as it came. Keep its identity while the rows stay. */
  readCell: (row: number, column: number) => CellValue
  /** Tells the rows that are no record, such as text that could not be parsed: their text stands across all columns. */
  markRow?: (row: number) => RowMark | undefined
  /** The row whose record is open. */
  selectedRow?: number | null
  /** Enter, Space or a click on a row. */
  onOpenRow?: (row: number) => void
  /** Enter or a click on a header: its distribution. */
  onOpenColumn?: (columnId: string) => void
  /** New rows are being read: these stay, at 60 %. Say so beside the grid, by `GridUpdating`. */
  updating?: boolean
  /** The rows are older than what failed; shown at 60 % under `error`. */
  stale?: boolean
  error?: ReactNode
  ref?: Ref<DataGridHandle>
}

/** Rows and columns by the ten thousand: only those in sight exist. One tab stop; the keys move a current cell. */
export function DataGrid(props: DataGridProps) {
  const { label, layout, rowCount, readCell, selectedRow = null, onOpenRow, onOpenColumn, updating } = props
  const gridId = useId()
  const columns = layout.shown
  const { scroller, rows, across, widthOf, pinnedPx, pageRows, reveal, resize } = useGridWindow(
    layout,
    rowCount,
  )
  const { current, point, onKeyDown } = useGridCursor({
    size: { rows: rowCount, columns: columns.length, pageRows },
    reveal,
    open: (row) => onOpenRow?.(row),
    chooseHeader: (column) => openColumn(column),
    copy: (place) => copyCell(place),
    resize: (column, byPx) => {
      const target = columns[column]
      if (target) layout.setWidth(target.id, target.widthPx + byPx)
    },
  })
  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus() }), [scroller])

  function openColumn(index: number) {
    const column = columns[index]
    if (column) onOpenColumn?.(column.id)
  }
  function copyCell({ row, column }: CellPlace) {
    const target = columns[column]
    if (!target) return
    const text = row < 0 ? target.name : (readCell(row, target.source) ?? '')
    void navigator.clipboard.writeText(text)
  }
  function pointAt(event: MouseEvent) {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    if (!cell || getSelection()?.toString()) return
    const row = Number(cell.dataset.row)
    const column = (event.target as Element).closest<HTMLElement>('[data-column]')?.dataset.column
    point({ row, column: column === undefined ? current.column : Number(column) })
    onOpenRow?.(row)
  }

  const headerCell = (index: number, leftGapPx: number) => {
    const column = columns[index]
    return (
      column && (
        <HeaderCell
          key={column.id}
          id={cellId(gridId, -1, index)}
          column={column}
          index={index}
          current={current.row === -1 && current.column === index}
          widthPx={widthOf(index)}
          leftGapPx={leftGapPx}
          onPoint={() => {
            point({ row: -1, column: index })
            openColumn(index)
          }}
          onResize={(widthPx, done) => resize(column.id, widthPx, done)}
        />
      )
    )
  }
  const inSight = across.getVirtualItems()
  return (
    <div className={`grid-frame${updating || props.stale ? ' stale' : ''}`}>
      {props.error}
      <div
        ref={scroller}
        className="grid-wrap"
        role="grid"
        id={gridId}
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + 1}
        aria-readonly="true"
        aria-busy={updating || undefined}
        aria-activedescendant={columns.length > 0 ? cellId(gridId, current.row, current.column) : undefined}
        data-bare={columns.length === 0 ? '' : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={pointAt}
      >
        <div
          role="presentation"
          className="grid"
          style={{ height: rows.getTotalSize(), width: across.getTotalSize() }}
        >
          <div role="row" className="tr head" aria-rowindex={1}>
            <div role="columnheader" aria-colindex={1} className="th rn">
              <span className="sr">Row</span>
            </div>
            {headerCell(0, 0)}
            {inSight.map((item, place) =>
              headerCell(item.index + 1, place === 0 ? item.start - pinnedPx : 0),
            )}
          </div>
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
