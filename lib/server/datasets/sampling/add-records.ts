import 'server-only'
import type { RecordBatch, RecordReading } from '../../reader/records'
import type { ColumnPlaces, PlacedColumns } from '../place-columns'
import { LastBatches } from './last-batches'

/** Records of one file that are held until its end, in bytes as read. */
const MAX_LAST_BYTES = 48 * 1024 * 1024

/** Takes a record in the columns at `places`, of the file `entry` in an archive; tells whether more are wanted. */
export type AddRecord = (
  batch: RecordBatch,
  index: number,
  places: PlacedColumns,
  entry: string | undefined,
) => boolean

/** Adds the records of a file from its first on, until no more are wanted. */
export async function addFirst(reading: RecordReading, columns: ColumnPlaces, add: AddRecord): Promise<void> {
  for await (const batch of reading) {
    const places = columns.of(reading.facts.columns)
    const { entry } = reading.facts
    for (let index = 0; index < batch.count; index++) if (!add(batch, index, places, entry)) return
  }
}

/**
 * Adds the last records of a file from its end on; of one that was not read to its end nobody knows them. Tells whether
 * there were more that were wanted, but too much to hold.
 */
export async function addLast(
  reading: RecordReading,
  columns: ColumnPlaces,
  wanted: number,
  add: AddRecord,
): Promise<boolean> {
  const last = new LastBatches(wanted, MAX_LAST_BYTES)
  let bytesBefore = 0
  for await (const batch of reading) {
    last.add(batch, reading.facts.entry, reading.facts.bytesOut - bytesBefore)
    bytesBefore = reading.facts.bytesOut
  }
  const places = columns.of(reading.facts.columns)
  for (const { batch, entry, from } of last.taken().toReversed())
    for (let index = batch.count - 1; index >= from; index--)
      if (!add(batch, index, places, entry)) return false
  return last.isCut
}
