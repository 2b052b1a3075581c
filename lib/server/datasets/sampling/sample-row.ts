import 'server-only'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import { copyText, cutText, MAX_CELL_CHARS } from '../../reader/cut-text'
import type { ColumnFact, RecordBatch } from '../../reader/records'
import type { PlacedColumns } from '../place-columns'

/** A row of a sample before the files of the sample are known. */
export interface SampleRow extends Omit<Sample['rows'][number], 'file'> {
  /** Columns outside of the schema in which it has a value. */
  outside?: readonly ColumnFact[]
  /** The file of an archive that it stands in. */
  entry?: string
}

/** What a cell takes at least, and a row beside its cells. */
const LEAST_CELL_CHARS = 4
const ROW_CHARS = 64

/** A record in the columns of the schema, each value cut after 64 KiB, with what it takes in UTF-16 units. */
export function toSampleRow(
  batch: RecordBatch,
  index: number,
  { inside, outside }: PlacedColumns,
): { row: SampleRow; chars: number } {
  const found = batch.cells(index)
  const cells = inside.map((place) => found[place])
  const absent = cells.flatMap((cell, column) => (cell === undefined ? [column] : []))
  const unparsed = batch.unparsed(index)
  const text = unparsed === undefined ? '' : batch.text(index)
  const tooLarge = batch.tooLarge(index)
  const longest = cells.reduce((most, cell) => Math.max(most, cell?.length ?? 0), text.length)
  const others = outside.flatMap(({ place, column }) => (found[place] ? [column] : []))
  const row: SampleRow = {
    number: batch.firstRecord + index,
    cells: cells.map((cell) => holdAlone(cell ?? null)),
    ...(absent.length > 0 ? { absent } : {}),
    ...(others.length > 0 ? { outside: others } : {}),
    ...(unparsed === undefined ? {} : { unparsed, raw: holdAlone(text) }),
    ...(tooLarge ? { tooLarge: true, chars: tooLarge.chars } : {}),
    ...(!tooLarge && longest > MAX_CELL_CHARS ? { chars: longest } : {}),
  }
  let chars = ROW_CHARS + (row.raw?.length ?? 0) + LEAST_CELL_CHARS * others.length
  for (const cell of row.cells) chars += Math.max(cell?.length ?? 0, LEAST_CELL_CHARS)
  return { row, chars }
}

/** A sample outlives the records it was taken from: its values must not keep those in memory. */
const holdAlone = <Text extends string | null>(text: Text): Text =>
  text !== null && text.length > MAX_CELL_CHARS ? cutText(text) : copyText(text)
