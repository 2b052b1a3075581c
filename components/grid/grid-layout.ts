import { clampWidth, DEFAULT_WIDTH_PX, type GridColumn } from './grid-model'

/** How a person arranged the columns of one grid; what is not named is as it comes. */
export interface Arrangement {
  order: string[]
  hidden: string[]
  widthsPx: Record<string, number>
}

export interface PlacedColumn extends GridColumn {
  widthPx: number
  /** Its place among the columns as they came, for reading cells. */
  source: number
}

export const AS_IT_COMES: Arrangement = { order: [], hidden: [], widthsPx: {} }

/** Reads a kept arrangement; what is not one is as it comes. */
export function parseArrangement(text: string | null): Arrangement {
  const kept = parseObject(text)
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  const widths = Object.entries(isObject(kept.widthsPx) ? kept.widthsPx : {})
  return {
    order: texts(kept.order),
    hidden: texts(kept.hidden),
    widthsPx: Object.fromEntries(
      widths.flatMap(([id, width]) => (typeof width === 'number' ? [[id, clampWidth(width)]] : [])),
    ),
  }
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** All columns in the person's order, hidden ones too; new columns stay behind the one they follow. */
export function orderColumns(columns: readonly GridColumn[], arrangement: Arrangement): PlacedColumn[] {
  const placed = columns.map((column, source) => place(column, source, arrangement))
  const rank = new Map(arrangement.order.map((id, index) => [id, index]))
  let last = -1
  const ranked = placed.map((column) => {
    last = rank.get(column.id) ?? last
    return { column, rank: last }
  })
  return ranked.sort((a, b) => a.rank - b.rank).map((entry) => entry.column)
}

function place(column: GridColumn, source: number, { widthsPx }: Arrangement): PlacedColumn {
  // A column may be named as something that every object has.
  const kept = Object.hasOwn(widthsPx, column.id) ? widthsPx[column.id] : undefined
  return { ...column, source, widthPx: kept ?? column.widthPx ?? DEFAULT_WIDTH_PX }
}

/** The columns to show; when all are hidden, the first one stays. */
export function showColumns(ordered: readonly PlacedColumn[], arrangement: Arrangement): PlacedColumn[] {
  const hidden = new Set(arrangement.hidden)
  const shown = ordered.filter((column) => !hidden.has(column.id))
  return shown.length > 0 ? shown : ordered.slice(0, 1)
}

/** Moves a column by one place to the front (-1) or the back (1). */
export function moveColumn(ordered: readonly PlacedColumn[], id: string, by: -1 | 1): string[] {
  const ids = ordered.map((column) => column.id)
  const from = ids.indexOf(id)
  const to = from + by
  if (from < 0 || to < 0 || to >= ids.length) return ids
  ids.splice(to, 0, ...ids.splice(from, 1))
  return ids
}
