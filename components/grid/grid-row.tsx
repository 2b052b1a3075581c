// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual, which a table cannot carry
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its cell with aria-activedescendant

'use client'

import type { VirtualItem } from '@tanstack/react-virtual'
import { memo } from 'react'
import { formatCount } from '#lib/domain/format'
import { CellContent } from './grid-cell'
import type { PlacedColumn } from './grid-layout'
import type { CellValue, RowMark } from './grid-model'

export interface GridRowProps {
  gridId: string
  row: number
  topPx: number
  columns: readonly PlacedColumn[]
  /** The columns in sight, without the pinned first one; indexes count from the second. */
  virtual: readonly VirtualItem[]
  pinWidthPx: number
  readCell: (row: number, source: number) => CellValue
  mark?: RowMark | undefined
  selected: boolean
  currentColumn: number | null
}

export const ROW_NUMBER_WIDTH_PX = 56

/** The id of a cell, for aria-activedescendant. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`
}

/** One row: its number and first column stay, the others are those in sight. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { gridId, row, columns, virtual, pinWidthPx, readCell, mark, currentColumn } = props
  const first = columns[0]
  const renderCell = (column: PlacedColumn, index: number, widthPx: number, gapPx: number) => (
    <div
      key={column.id}
      role="gridcell"
      id={cellId(gridId, row, index)}
      aria-colindex={index + 2}
      data-column={index}
      className={cellClass(column, index, currentColumn)}
      style={{ width: widthPx, marginInlineStart: gapPx || undefined }}
    >
      <CellContent value={readCell(row, column.source)} />
    </div>
  )
  return (
    <div
      role="row"
      className="tr"
      aria-rowindex={row + 2}
      aria-selected={props.selected}
      data-row={row}
      data-mark={mark ? '' : undefined}
      style={{ top: props.topPx }}
    >
      <div role="rowheader" aria-colindex={1} className="td rn">
        {formatCount(row + 1)}
      </div>
      {mark ? (
        <MarkedCell id={cellId(gridId, row, currentColumn ?? 0)} mark={mark} span={columns.length} />
      ) : (
        <>
          {first && renderCell(first, 0, pinWidthPx, 0)}
          {virtual.map((item, place) => {
            const column = columns[item.index + 1]
            const gap = place === 0 ? item.start - ROW_NUMBER_WIDTH_PX - pinWidthPx : 0
            return column && renderCell(column, item.index + 1, item.size, gap)
          })}
        </>
      )}
    </div>
  )
})

/** Stands for all cells of a row that has none, so that the cursor is in it wherever it is. */
function MarkedCell({ id, mark, span }: { id: string; mark: RowMark; span: number }) {
  return (
    <div role="gridcell" id={id} aria-colindex={2} aria-colspan={span} className="td marked">
      <span className="why" title={mark.reason}>
        {mark.reason}
      </span>
      <CellContent value={mark.text} />
    </div>
  )
}

function cellClass(column: PlacedColumn, index: number, currentColumn: number | null): string {
  const pin = index === 0 ? ' pin' : ''
  const right = column.align === 'end' ? ' r' : ''
  return `td${pin}${right}${index === currentColumn ? ' cur' : ''}`
}
