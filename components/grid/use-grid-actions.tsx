'use client'

import type { MouseEvent } from 'react'
import { copyText } from '#lib/client/copy-text'
import type { CellPlace, CellValue } from './grid-model'
import { useGridCursor } from './use-grid-cursor'
import type { GridLayout } from './use-grid-layout'
import type { GridWindow } from './use-grid-window'

export interface GridContent {
  layout: GridLayout
  rowCount: number
  /** Reads a cell by its row and the column's place as it came. Keep its identity while the rows stay. */
  readCell: (row: number, column: number) => CellValue
  /** Enter, Space or a click on a row. */
  onOpenRow?: (row: number) => void
  /** Enter or a click on a header: its distribution. */
  onOpenColumn?: (columnId: string) => void
}

/** What keys and clicks do in a grid: they move its current cell, open rows and columns, copy, make wider. */
export function useGridActions(content: GridContent, { pageRows, reveal }: GridWindow) {
  const { layout, rowCount, readCell, onOpenRow, onOpenColumn } = content
  const columns = layout.shown
  const openColumn = (index: number) => {
    const column = columns[index]
    if (column) onOpenColumn?.(column.id)
  }
  const copy = ({ row, column }: CellPlace) => {
    const target = columns[column]
    if (!target) return
    const text = row < 0 ? target.name : (readCell(row, target.source) ?? '')
    void copyText(text)
  }
  const { current, point, onKeyDown } = useGridCursor({
    size: { rows: rowCount, columns: columns.length, pageRows },
    reveal,
    open: (row) => onOpenRow?.(row),
    chooseHeader: openColumn,
    copy,
    resize: (column, byPx) => {
      const target = columns[column]
      if (target) layout.setWidth(target.id, target.widthPx + byPx)
    },
  })
  const choose = (column: number) => {
    point({ row: -1, column })
    openColumn(column)
  }
  const onClick = (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    if (!cell || getSelection()?.toString()) return
    const row = Number(cell.dataset.row)
    const column = (event.target as Element).closest<HTMLElement>('[data-column]')?.dataset.column
    point({ row, column: column === undefined ? current.column : Number(column) })
    onOpenRow?.(row)
  }
  return { current, choose, onKeyDown, onClick }
}
