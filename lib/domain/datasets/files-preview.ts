import * as z from 'zod'
import { charsOfRecord, MOST_PREVIEW_CHARS } from '../formats/preview-size'
import { type Preview, previewRecordSchema, previewSchema } from '../formats/wire'
import { MOST_COLUMNS } from './definition'

/** A file that was read after the first one, with how it was read. */
const furtherFile = previewSchema
  .pick({ charset: true, looksLike: true, truncatedBy: true, records: true })
  .extend({
    /** Below the dataset's path. */
    path: z.string(),
  })

/** The first records of a dataset to be: those of one file, and where it holds few of them, those of further files. */
export const filesPreview = previewSchema.extend({
  rows: z.array(
    previewRecordSchema.extend({
      /** Its place in `further`; absent for the records of the first file. */
      file: z.int().optional(),
    }),
  ),
  /** The files that were read after the first one, in their order. */
  further: z.array(furtherFile).default([]),
  /** The file was looked for in the last folders alone: there may be newer ones. */
  isOfLastFolder: z.boolean().default(false),
})
export type FilesPreview = z.infer<typeof filesPreview>

/** Files that records of a preview stand in: the first one, and those read on in that gave any. */
export const countUsedFiles = ({ further }: Pick<FilesPreview, 'further'>): number =>
  1 + further.filter(({ records }) => records > 0).length

/** The path of the file that a record stands in. */
export const fileOfRow = (
  { usedPath, further }: Pick<FilesPreview, 'usedPath' | 'further'>,
  { file }: FilesPreview['rows'][number],
): string => (file === undefined ? usedPath : (further[file]?.path ?? usedPath))

/**
 * Puts the records of further files behind those of the first, in the columns of all of them: so many rows at most, and no more
 * columns and characters than one file may have. What is beyond them is left out, and `truncatedBy` says so.
 */
export class PreviewJoin {
  private readonly joined: FilesPreview
  private readonly placesOf = new Map<string, number[]>()
  private chars = 0
  private isFull = false

  constructor(
    first: Preview,
    private readonly rows: number,
  ) {
    this.joined = {
      ...first,
      columns: [...first.columns],
      rows: [...first.rows],
      problems: [...first.problems],
      further: [],
      isOfLastFolder: false,
    }
    for (const [place, { name }] of first.columns.entries()) this.notePlace(name, place)
    for (const row of first.rows) this.chars += charsOfRecord(row)
  }

  /** Records that are still wanted. */
  get left(): number {
    return this.isFull ? 0 : Math.max(0, this.rows - this.joined.rows.length)
  }

  /** Whether no column of a file is one of those that are there. */
  isForeign({ columns }: Pick<Preview, 'columns'>): boolean {
    return (
      columns.length > 0 &&
      this.joined.columns.length > 0 &&
      columns.every(({ name }) => !this.placesOf.has(name))
    )
  }

  add(other: Preview): void {
    const places = this.placeColumns(other.columns)
    if (places === null) {
      this.end()
      return
    }
    const file = this.joined.further.length
    let taken = 0
    for (const row of other.rows) {
      if (this.left === 0) break
      const moved = { ...row, ...movedTo(row, places), file }
      const chars = this.chars + charsOfRecord(moved)
      if (chars > MOST_PREVIEW_CHARS) this.end()
      else {
        this.chars = chars
        this.joined.rows.push(moved)
        taken++
      }
    }
    const { usedPath: path, charset, looksLike, truncatedBy, problems, replacedBytes } = other
    this.joined.further.push({ path, records: taken, charset, looksLike, truncatedBy })
    for (const problem of problems) this.joined.problems.push(problem)
    this.joined.replacedBytes += replacedBytes
    this.joined.truncatedBy ??= taken < other.rows.length ? 'records' : truncatedBy
  }

  get preview(): FilesPreview {
    return { ...this.joined, records: this.joined.rows.length }
  }

  private end(): void {
    this.isFull = true
    this.joined.truncatedBy ??= 'records'
  }

  /** Where a file's columns stand among those of all, which get the new ones; null where these are too many. Names may come twice. */
  private placeColumns(columns: Preview['columns']): number[] | null {
    const { columns: all } = this.joined
    const seen = new Map<string, number>()
    const added: Preview['columns'] = []
    const places = columns.map((column) => {
      const before = seen.get(column.name) ?? 0
      seen.set(column.name, before + 1)
      return this.placesOf.get(column.name)?.[before] ?? all.length + added.push(column) - 1
    })
    if (added.length > 0 && all.length + added.length > MOST_COLUMNS) return null
    for (const column of added) this.notePlace(column.name, all.push(column) - 1)
    return places
  }

  private notePlace(name: string, place: number): void {
    const places = this.placesOf.get(name)
    if (places === undefined) this.placesOf.set(name, [place])
    else places.push(place)
  }
}

type Row = Preview['rows'][number]

function movedTo(
  { cells, absent = [], raw }: Row,
  places: readonly number[],
): Partial<Row> & Pick<Row, 'cells'> {
  // A record that could not be taken apart has its text alone.
  if (places.length === 0) return { cells }
  const moved: (string | null | undefined)[] = []
  const without = new Set(absent)
  for (const [index, cell] of cells.entries()) {
    const place = places[index]
    if (place === undefined) continue
    while (moved.length <= place) moved.push(undefined)
    if (!without.has(index)) moved[place] = cell
  }
  const lacks = moved.flatMap((cell, place) => (cell === undefined ? [place] : []))
  return {
    cells: moved.map((cell) => cell ?? null),
    ...(lacks.length > 0 ? { absent: lacks } : {}),
    // The text of a record that is its first cell is told by that alone, as long as it stays the first.
    ...(raw === undefined && places[0] !== 0 ? { raw: cells[0] ?? '' } : {}),
  }
}
