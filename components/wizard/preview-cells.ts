import type { CellValue, GridColumn } from '#components/grid/data-grid'
import type { Preview, PreviewRecord } from '#lib/domain/formats/wire'

/** Which texts of the records are shown: their columns, the records as the file holds them, or both. */
export type PreviewLook = 'parsed' | 'raw' | 'both'

/** A record as its file holds it. */
export const rawOf = (row: PreviewRecord): string => row.raw ?? row.cells[0] ?? ''

/** One cell: a text, null, or undefined where the record does not have the column at all. */
export function cellOf({ cells, absent }: PreviewRecord, column: number): CellValue {
  return cells[column] ?? (absent?.includes(column) || column >= cells.length ? undefined : null)
}

/** The rows that could not be taken apart, by their place: why, and their text. */
export function marksOf(rows: readonly PreviewRecord[]): Map<number, { reason: string; text: string }> {
  return new Map(
    rows.flatMap((row, index) =>
      row.unparsed === undefined ? [] : [[index, { reason: row.unparsed, text: rawOf(row) }]],
    ),
  )
}

/** Gives the cells of a look by their place among its columns. */
export function readerOf(
  rows: readonly PreviewRecord[],
  look: PreviewLook,
): (row: number, column: number) => CellValue {
  const first = look === 'both' ? 1 : 0
  return (row, column) => {
    const record = rows[row]
    if (!record) return undefined
    return look === 'raw' || column < first ? rawOf(record) : cellOf(record, column - first)
  }
}

/** A single column holds whole lines. */
const LINE_WIDTH_PX = 1_600
const RAW_BESIDE_WIDTH_PX = 240

/** The columns of a look; `note` adds to what stands under a name. */
export function columnsOf(
  { columns, rows }: Pick<Preview, 'columns' | 'rows'>,
  look: PreviewLook,
  note: (name: string) => string | undefined = () => undefined,
): GridColumn[] {
  const widthPx = look === 'both' ? RAW_BESIDE_WIDTH_PX : LINE_WIDTH_PX
  const raw: GridColumn = { id: 'raw\0', name: 'Raw', type: 'as in the file', widthPx }
  if (look === 'raw') return [raw]
  const counts = countEmpty(rows, columns.length)
  const unfit = rows.filter(({ tooLarge, unparsed }) => tooLarge || unparsed !== undefined).length
  const parsed = columns.map(({ name, type }, index): GridColumn => {
    const empty = Math.min(counts[index] ?? 0, rows.length - unfit)
    const noted = note(name)
    return {
      id: name,
      name,
      type: noted === undefined ? type : `${type} · ${noted}`,
      validity: { valid: rows.length - unfit - empty, empty, invalid: unfit },
      ...(columns.length === 1 && look === 'parsed' ? { widthPx: LINE_WIDTH_PX } : {}),
    }
  })
  return look === 'both' ? [raw, ...parsed] : parsed
}

/** How many records hold nothing in each column: null, the empty text, or no such column. */
function countEmpty(rows: readonly PreviewRecord[], columns: number): number[] {
  const counts = new Array<number>(columns).fill(0)
  for (const { cells, unparsed, tooLarge } of rows) {
    if (tooLarge || unparsed !== undefined) continue
    for (let index = 0; index < columns; index++) if (!cells[index]) counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}
