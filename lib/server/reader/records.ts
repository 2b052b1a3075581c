import 'server-only'
import type { FormatProblem } from '#lib/domain/formats/wire'

/** Some records in a row, as bytes that become text only when asked. */
export interface RecordBatch {
  /** Number of its first record in the file, from 1. */
  readonly firstRecord: number
  readonly count: number
  /** The record as it stands in the file, without its line end. */
  text(index: number): string
  /** The first bytes of the batch as they stand, for telling what they are. */
  bytes(maxBytes: number): Uint8Array
  /** One cell per column. */
  cells(index: number): (string | null)[]
  /** Set for a record that was too large to hold: `text` gives its first 64 KiB. */
  tooLarge(index: number): { chars: number } | undefined
  /** The first records of it. */
  take(count: number): RecordBatch
}

/** What is known about a file while it is read, complete when its records are. */
export interface ReadFacts {
  path: string
  compression: 'none' | 'gzip'
  /** An encoding's name, as the BOM or the settings say. */
  charset: string
  bytesIn: number
  bytesOut: number
  records: number
  /** U+FFFD put in place of what does not decode. */
  replacedBytes: number
  problems: FormatProblem[]
}

/** Records of one file, to be read once; leaving the loop early closes the file. */
export interface RecordReading extends AsyncIterable<RecordBatch> {
  readonly facts: ReadFacts
}

export interface ColumnFact {
  name: string
  type: string
}
