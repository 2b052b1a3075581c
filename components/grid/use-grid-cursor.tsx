'use client'

import { type KeyboardEvent, useState } from 'react'
import { type CellPlace, clampPlace, type GridSize, moveCell } from './grid-model'

interface GridCursorOptions {
  size: GridSize
  /** Brings a cell into sight. */
  reveal: (place: CellPlace) => void
  open: (row: number) => void
  chooseHeader: (column: number) => void
  copy: (place: CellPlace) => void
  /** Makes the current column wider or narrower, by pixels. */
  resize: (column: number, byPx: number) => void
}

const RESIZE_STEP_PX = 16

/** The current cell of a grid and the keys that act on it. */
export function useGridCursor(options: GridCursorOptions) {
  const { size, reveal } = options
  const [wanted, setWanted] = useState<CellPlace>({ row: 0, column: 0 })
  const current = clampPlace(wanted, size)

  const goTo = (place: CellPlace) => {
    setWanted(place)
    reveal(place)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return
    if (act(event, current, options)) {
      event.preventDefault()
      return
    }
    const next = moveCell(current, keyName(event), size)
    if (!next) return
    event.preventDefault()
    goTo(next)
  }
  return { current, point: setWanted, onKeyDown }
}

function keyName(event: KeyboardEvent): string {
  return event.ctrlKey || event.metaKey ? `mod+${event.key}` : event.key
}

function act(event: KeyboardEvent, at: CellPlace, options: GridCursorOptions): boolean {
  const key = keyName(event)
  if (key === 'Enter' || key === ' ') {
    if (at.row < 0) options.chooseHeader(at.column)
    else options.open(at.row)
    return true
  }
  // A marked text is what one wants to copy, if there is one.
  if (key === 'mod+c' && !getSelection()?.toString()) {
    options.copy(at)
    return true
  }
  if (event.shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    options.resize(at.column, key === 'ArrowLeft' ? -RESIZE_STEP_PX : RESIZE_STEP_PX)
    return true
  }
  return false
}
