import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { sourceOf } from '#lib/domain/datasets/schema-diff'

/** As many rows with fields as a page of the table holds. */
export const PAGE_ROWS = 50

/** A column with its place in the schema, under a key that renaming and moving leave as it is. */
export interface PlacedColumn {
  column: SchemaColumn
  index: number
  key: string
}

/** Places the columns; those that hold the same column of the files are told apart by their order. */
export function placeColumns(columns: readonly SchemaColumn[]): PlacedColumn[] {
  const seen = new Map<string, number>()
  return columns.map((column, index) => {
    const source = sourceOf(column)
    const nth = seen.get(source) ?? 0
    seen.set(source, nth + 1)
    return { column, index, key: `${nth} ${source}` }
  })
}

/** Columns whose name, here or in the files, contains a text in any case. */
export function filterColumns(placed: readonly PlacedColumn[], contains: string): readonly PlacedColumn[] {
  const wanted = contains.trim().toLowerCase()
  if (wanted === '') return placed
  return placed.filter(
    ({ column: { name, source } }) =>
      name.toLowerCase().includes(wanted) || source?.toLowerCase().includes(wanted),
  )
}

export const pagesOf = (rows: number): number => Math.max(1, Math.ceil(rows / PAGE_ROWS))
export const pageOf = (row: number): number => Math.floor(row / PAGE_ROWS)

/** Where a key with Alt takes a column, null when it takes it nowhere. */
export function targetOf(key: string, index: number, count: number): number | null {
  const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: count - 1 }[key]
  return to === undefined || to < 0 || to >= count || to === index ? null : to
}
