import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { OutsideTally } from '#lib/domain/datasets/outside-schema'
import { inSlices } from '../../platform/loop-slices'
import type { ObjectStore } from '../../platform/object-store/types'
import { countRecords } from '../../reader/count-records'
import { readerOf } from '../../reader/formats'
import { readRecords } from '../../reader/read-records'
import type { RecordBatch } from '../../reader/records'
import { connectionPathOf } from '../listing/scan-files'
import { ColumnPlaces, type PlacedColumns } from '../place-columns'
import { readFormat } from '../read-format'
import { isFaultOfFile, readLimitsOf } from '../read-settings'

/** The records of one file. */
export interface CountedRecords {
  records: number
  /** No record is lost: what is behind a fault or within an open quote is not counted, where the settings go on from it. */
  isWhole: boolean
  /** The file says so, and was not read for it. */
  isDeclared: boolean
}

const OPEN_QUOTE = 'ERR_DATASET_CSV_UNTERMINATED_QUOTE'

/**
 * Makes what counts the records of a file: as many as a stream of the dataset gives of it. Of Parquet it is what the file's
 * footer says, so that no page is read: where one is damaged, a stream gives fewer and tells it, or fails. Such a count is told
 * as the statement of the file that it is.
 */
export function createRecordCounter(
  store: ObjectStore,
  definition: DatasetDefinition,
  signal: AbortSignal,
  /** Counts the values that no column of the schema shows. */
  outside = new OutsideTally(),
): (path: string, onRead?: (bytes: number) => void) => Promise<CountedRecords> {
  const format = readFormat(definition)
  const limits = readLimitsOf(definition)
  const keepsFaults = definition.unreadableFiles === 'warn'
  const isCountedByFile = readerOf(format).access === 'ranges'
  return async (path, onRead = () => undefined) => {
    const source = { store, path: connectionPathOf(definition, path) }
    const reading = readRecords(source, format, limits, signal)
    try {
      if (isCountedByFile) {
        let records = 0
        for await (const one of countRecords({ store, paths: [source.path], format, limits }))
          records += one.records
        return { records, isWhole: true, isDeclared: true }
      }
      const places = new ColumnPlaces(definition.schema.columns, format)
      let told = 0
      // A worker that reads on without a pause could neither confirm the right to read nor tell that it lives.
      for await (const batch of inSlices(reading)) {
        countOutside(batch, places.of(reading.facts.columns), outside)
        onRead(reading.facts.bytesIn - told)
        told = reading.facts.bytesIn
      }
    } catch (error) {
      if (!keepsFaults || !isFaultOfFile(error)) throw error
      return { records: reading.facts.records, isWhole: false, isDeclared: false }
    }
    // A quote that is never closed swallows the records behind it.
    const isSwallowed = reading.facts.problems.some(({ reason }) => reason === OPEN_QUOTE)
    return { records: reading.facts.records, isWhole: !isSwallowed, isDeclared: false }
  }
}

/** Records are taken apart only where their file has columns that the schema does not hold. */
function countOutside(batch: RecordBatch, { outside }: PlacedColumns, tally: OutsideTally): void {
  if (outside.length === 0) return
  for (let index = 0; index < batch.count; index++) {
    const cells = batch.cells(index)
    for (const { place, column } of outside) if (cells[place]) tally.add(column)
  }
}
