/** Datasets in one column of the canvas; the next column begins to the right. */
const ROWS = 5
const COLUMN_WIDTH = 208
/** The box of one dataset: its square, its name and a second line. */
export const NODE_WIDTH_PX = 176
export const NODE_HEIGHT_PX = 96
const ROW_HEIGHT = 156

export interface Place {
  x: number
  y: number
}

/** Where a dataset stands, by its place in the order of names. Sources have no predecessors, so they fill columns. */
export const placeOf = (index: number): Place => ({
  x: Math.floor(index / ROWS) * COLUMN_WIDTH,
  y: (index % ROWS) * ROW_HEIGHT,
})

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End'

/** The dataset that a key leads to from another one; null when there is none that way. */
export function neighbourOf(index: number, direction: Direction, count: number): number | null {
  const to = {
    ArrowUp: index % ROWS === 0 ? -1 : index - 1,
    ArrowDown: index % ROWS === ROWS - 1 ? -1 : index + 1,
    ArrowLeft: index - ROWS,
    ArrowRight:
      Math.floor(index / ROWS) === Math.floor((count - 1) / ROWS) ? -1 : Math.min(index + ROWS, count - 1),
    Home: 0,
    End: count - 1,
  }[direction]
  return to >= 0 && to < count && to !== index ? to : null
}

export const isDirection = (key: string): key is Direction =>
  key === 'ArrowUp' ||
  key === 'ArrowDown' ||
  key === 'ArrowLeft' ||
  key === 'ArrowRight' ||
  key === 'Home' ||
  key === 'End'
