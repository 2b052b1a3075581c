'use client'

import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import { type CalendarRange, type CalendarRow, rangeBetween } from './calendar-model'

interface Place {
  row: number
  cell: number
}

interface CalendarCursorOptions {
  rows: readonly CalendarRow[]
  /** Of each row the first cell that is drawn: the cursor goes no further back. */
  first?: number
  range: CalendarRange | null
  onRangeChange: (range: CalendarRange | null) => void
  onOpen: (value: string, period: string) => void
  /** Down from a cell: the next row, or a week further when folded. */
  below: (at: Place, by: 1 | -1) => Place
}

/** The current cell of a calendar: arrows move, Home and End jump, Shift selects, Enter opens, Escape lets go. */
export function useCalendarCursor(options: CalendarCursorOptions) {
  const { rows, first = 0, range, onRangeChange, onOpen, below } = options
  const area = useRef<HTMLDivElement>(null)
  const anchor = useRef<number | null>(null)
  // What is newest is what people come for.
  const [wanted, setWanted] = useState<Place>({ row: 0, cell: Number.MAX_SAFE_INTEGER })
  const current = clampTo(rows, wanted, first)

  const goTo = (place: Place) => {
    const next = clampTo(rows, place, first)
    setWanted(next)
    const cell = area.current?.querySelector<HTMLElement>(`[data-place="${next.row} ${next.cell}"]`)
    cell?.focus()
  }
  const select = (place: Place) => {
    const row = rows[current.row]
    if (!row) return
    anchor.current ??= current.cell
    const end = clampTo(rows, { ...place, row: current.row }, first)
    onRangeChange(rangeBetween(row, anchor.current, end.cell))
    goTo(end)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && range) {
      event.preventDefault()
      event.stopPropagation()
      anchor.current = null
      onRangeChange(null)
      return
    }
    const next = nextPlace(event.key, current, rows, below)
    if (!next) return
    event.preventDefault()
    if (event.shiftKey) select(next)
    else {
      anchor.current = null
      goTo(next)
    }
  }
  const onChoose = (event: MouseEvent, place: Place) => {
    const row = rows[place.row]
    const cell = row?.cells[place.cell]
    if (!row || !cell) return
    if (event.shiftKey && place.row === current.row) {
      select(place)
      return
    }
    anchor.current = null
    setWanted(place)
    onOpen(row.value, cell.period)
  }
  return { area, current, onKeyDown, onChoose }
}

function clampTo(rows: readonly CalendarRow[], { row, cell }: Place, first: number): Place {
  const inside = (value: number, from: number, count: number) => Math.max(from, Math.min(count - 1, value))
  const at = inside(row, 0, rows.length)
  return { row: at, cell: inside(cell, first, rows[at]?.cells.length ?? 0) }
}

function nextPlace(
  key: string,
  at: Place,
  rows: readonly CalendarRow[],
  below: CalendarCursorOptions['below'],
): Place | null {
  if (key === 'ArrowRight') return { ...at, cell: at.cell + 1 }
  if (key === 'ArrowLeft') return { ...at, cell: at.cell - 1 }
  if (key === 'ArrowDown') return below(at, 1)
  if (key === 'ArrowUp') return below(at, -1)
  if (key === 'Home') return { ...at, cell: 0 }
  return key === 'End' ? { ...at, cell: (rows[at.row]?.cells.length ?? 1) - 1 } : null
}
