'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { type CellPlace, clampWidth } from './grid-model'
import { ROW_NUMBER_WIDTH_PX } from './grid-row'
import type { GridLayout } from './use-grid-layout'

const ROW_PX = 32
const HEADER_PX = 48
// Before the first measurement, as on the server: a usual window.
const INITIAL_RECT = { width: 1280, height: 640 }

/** The part of the grid that is in sight, and the widths of its columns while one is dragged. */
export function useGridWindow(layout: GridLayout, rowCount: number) {
  const scroller = useRef<HTMLDivElement>(null)
  const [dragged, setDragged] = useState<{ id: string; widthPx: number } | null>(null)
  const columns = layout.shown
  const widthOf = (index: number) => {
    const column = columns[index]
    if (!column) return 0
    return column.id === dragged?.id ? dragged.widthPx : column.widthPx
  }
  const pinnedPx = ROW_NUMBER_WIDTH_PX + widthOf(0)
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    paddingStart: HEADER_PX,
    scrollPaddingStart: HEADER_PX,
    overscan: 6,
    initialRect: INITIAL_RECT,
  })
  const across = useVirtualizer({
    horizontal: true,
    count: Math.max(0, columns.length - 1),
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widthOf(index + 1),
    paddingStart: pinnedPx,
    scrollPaddingStart: pinnedPx,
    overscan: 2,
    initialRect: INITIAL_RECT,
  })
  const widths = columns.map((_, index) => widthOf(index)).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told that they changed
  useEffect(() => across.measure(), [widths, across])

  const reveal = ({ row, column }: CellPlace) => {
    if (row >= 0) rows.scrollToIndex(row)
    if (column > 0) across.scrollToIndex(column - 1)
    else across.scrollToOffset(0)
  }
  const resize = (id: string, widthPx: number, done: boolean) => {
    setDragged(done ? null : { id, widthPx: clampWidth(widthPx) })
    if (done) layout.setWidth(id, widthPx)
  }
  const heightPx = rows.scrollRect?.height ?? INITIAL_RECT.height
  const pageRows = Math.max(1, Math.floor((heightPx - HEADER_PX) / ROW_PX) - 1)
  return { scroller, rows, across, widthOf, pinnedPx, pageRows, reveal, resize }
}

export type GridWindow = ReturnType<typeof useGridWindow>
