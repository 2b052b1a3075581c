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

/** Where the canvas stands: its origin in the frame, in pixels, and how large it is drawn. */
export interface FlowView {
  x: number
  y: number
  zoom: number
}

interface Extent {
  width: number
  height: number
}

/** At first, no farther than names can be read, and no closer than as drawn. */
const ZOOM_AT_FIRST = { least: 0.5, most: 1 }
const MARGIN_PX = 24

/** What is seen at first: all datasets in the middle, or, where they do not fit, the first of them on. */
export function viewAtFirst(count: number, frame: Extent): FlowView {
  const drawn = extentOf(count)
  const fitting = Math.min(
    (frame.width - 2 * MARGIN_PX) / drawn.width,
    (frame.height - 2 * MARGIN_PX) / drawn.height,
  )
  const zoom = Math.max(ZOOM_AT_FIRST.least, Math.min(ZOOM_AT_FIRST.most, fitting))
  const startOf = (room: number, length: number) => Math.max(MARGIN_PX, (room - length * zoom) / 2)
  return { x: startOf(frame.width, drawn.width), y: startOf(frame.height, drawn.height), zoom }
}

function extentOf(count: number): Extent {
  const last = placeOf(Math.max(0, count - 1))
  const lowest = placeOf(Math.min(count, ROWS) - 1)
  return { width: last.x + NODE_WIDTH_PX, height: lowest.y + NODE_HEIGHT_PX }
}

/** The view moved by no more than it takes to have a dataset in sight. */
export function viewOf(index: number, view: FlowView, frame: Extent): FlowView {
  const { x, y } = placeOf(index)
  const { zoom } = view
  return {
    x: view.x + shiftInto(view.x + x * zoom, NODE_WIDTH_PX * zoom, frame.width),
    y: view.y + shiftInto(view.y + y * zoom, NODE_HEIGHT_PX * zoom, frame.height),
    zoom,
  }
}

/** By how much a part has to move to be within a length; its start counts, where it is too large. */
function shiftInto(start: number, length: number, room: number): number {
  const least = MARGIN_PX - start
  const most = room - MARGIN_PX - (start + length)
  if (least > 0) return least
  return most < 0 ? Math.max(most, least) : 0
}
