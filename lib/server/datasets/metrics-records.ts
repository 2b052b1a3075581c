import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { ObjectStore } from '../platform/object-store/types'
import { countRecords } from '../reader/count-records'
import { readerOf } from '../reader/formats'
import { readRecords } from '../reader/read-records'
import { readFormat } from './read-format'
import { isFaultOfFile, readLimitsOf } from './read-settings'
import { connectionPathOf } from './scan-files'

/** The records of one file. */
export interface CountedRecords {
  records: number
  /** The file was read to its end; what is behind a fault is not counted, where the settings go on from it. */
  isWhole: boolean
}

/** Makes what counts the records of a file: as many as a stream of the dataset gives of it. */
export function createRecordCounter(
  store: ObjectStore,
  definition: DatasetDefinition,
  signal: AbortSignal,
): (path: string) => Promise<CountedRecords> {
  const format = readFormat(definition)
  const limits = readLimitsOf(definition)
  const keepsFaults = definition.unreadableFiles === 'warn'
  const isCountedByFile = readerOf(format).access === 'ranges'
  return async (path) => {
    const source = { store, path: connectionPathOf(definition, path) }
    const reading = readRecords(source, format, limits, signal)
    try {
      if (isCountedByFile) {
        let records = 0
        for await (const one of countRecords({ store, paths: [source.path], format, limits }))
          records += one.records
        return { records, isWhole: true }
      }
      for await (const _ of reading);
    } catch (error) {
      if (!keepsFaults || !isFaultOfFile(error)) throw error
      return { records: reading.facts.records, isWhole: false }
    }
    return { records: reading.facts.records, isWhole: true }
  }
}
