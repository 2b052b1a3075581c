import * as z from 'zod'
import { type Preview, previewRecordSchema, previewSchema } from '../formats/wire'

/** The first records of a dataset to be: those of one file, and where it holds few of them, those of further files. */
export const filesPreview = previewSchema.extend({
  rows: z.array(
    previewRecordSchema.extend({
      /** Its place in `further`; absent for the records of the first file. */
      file: z.int().optional(),
    }),
  ),
  /** The files that were read after the first one, in their order, below the dataset's path. */
  further: z.array(z.object({ path: z.string(), records: z.int() })).default([]),
  /** The file was looked for in the last folders alone: there may be newer ones. */
  isOfLastFolder: z.boolean().default(false),
})
export type FilesPreview = z.infer<typeof filesPreview>

/** The path of the file that a record stands in. */
export const fileOfRow = (
  { usedPath, further }: Pick<FilesPreview, 'usedPath' | 'further'>,
  { file }: FilesPreview['rows'][number],
): string => (file === undefined ? usedPath : (further[file]?.path ?? usedPath))

/** Puts the records of further files behind those of the first, in the columns of all of them; `rows` at most. */
export function joinPreviews(first: Preview, others: readonly Preview[], rows: number): FilesPreview {
  const joined: FilesPreview = {
    ...first,
    columns: [...first.columns],
    rows: [...first.rows],
    problems: [...first.problems],
    further: [],
    isOfLastFolder: false,
  }
  for (const other of others) {
    const places = placeColumns(joined.columns, other.columns)
    const taken = other.rows.slice(0, Math.max(0, rows - joined.rows.length))
    for (const row of taken)
      joined.rows.push({ ...row, ...movedTo(row, places), file: joined.further.length })
    joined.further.push({ path: other.usedPath, records: taken.length })
    joined.problems.push(...other.problems)
    joined.replacedBytes += other.replacedBytes
    if (other.truncatedBy !== null || taken.length < other.rows.length) joined.truncatedBy = 'records'
  }
  return { ...joined, records: joined.rows.length }
}

/** Where the columns of another file stand among those of all, which get those that are new; names may come twice. */
function placeColumns(all: Preview['columns'], columns: Preview['columns']): number[] {
  const used = new Set<number>()
  return columns.map((column) => {
    const known = all.findIndex(({ name }, place) => name === column.name && !used.has(place))
    const place = known < 0 ? all.push(column) - 1 : known
    used.add(place)
    return place
  })
}

type Row = Preview['rows'][number]

function movedTo({ cells, absent = [], raw }: Row, places: readonly number[]): Partial<Row> {
  // A record that could not be taken apart has its text alone.
  if (places.length === 0) return { cells }
  const width = Math.max(...places.slice(0, cells.length), -1) + 1
  const moved: (string | null | undefined)[] = new Array(width).fill(undefined)
  for (const [index, cell] of cells.entries()) {
    const place = places[index]
    if (place !== undefined && !absent.includes(index)) moved[place] = cell
  }
  const lacks = moved.flatMap((cell, place) => (cell === undefined ? [place] : []))
  return {
    cells: moved.map((cell) => cell ?? null),
    ...(lacks.length > 0 ? { absent: lacks } : {}),
    // The text of a record that is its first cell is told by that alone, as long as it stays the first.
    ...(raw === undefined && places[0] !== 0 ? { raw: cells[0] ?? '' } : {}),
  }
}
