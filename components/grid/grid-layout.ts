import { z } from 'zod'
import { DEFAULT_WIDTH_PX, type GridColumn } from './grid-model'

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

const arrangementSchema = z.object({
  order: z.array(z.string()),
  hidden: z.array(z.string()),
  widthsPx: z.record(z.string(), z.number()),
})

/** Reads a kept arrangement; anything else is as it comes. */
export function parseArrangement(text: string | null): Arrangement {
  if (!text) return AS_IT_COMES
  try {
    return arrangementSchema.catch(AS_IT_COMES).parse(JSON.parse(text))
  } catch {
    return AS_IT_COMES
  }
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
  return { ...column, source, widthPx: widthsPx[column.id] ?? column.widthPx ?? DEFAULT_WIDTH_PX }
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
