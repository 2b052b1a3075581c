import 'server-only'
import type { CompressionSetting } from '#lib/domain/formats/text-params'
import type { ByteQueue } from './byte-queue'
import type { ReadLimits } from './meter'
import type { RangedFile } from './ranged-file'
import type { ReadFacts, RecordBatch } from './records'
import type { Resting } from './resting'

/**
 * A format that is read from its first byte on. `read` is called once for each file in an archive: it numbers its records
 * from `facts.records + 1` and appends to `facts.columns` the ones that are not there yet.
 */
export interface StreamFormat {
  access: 'stream'
  compression: CompressionSetting
  charset: string
  /** Whether what looks like no text is read as such all the same. */
  readsBinary: boolean
  /** Names of the entries of a zip archive that are read, see `chooseEntries`. */
  zipEntries: string
  read(
    bytes: ByteQueue,
    facts: ReadFacts,
    limits: Pick<ReadLimits, 'longLines' | 'inTurn' | 'largeRecords' | 'restAfterMs'>,
  ): AsyncIterable<RecordBatch>
}

/** How far a reading by ranges may go. */
export interface RangedLimits {
  /** Is told how many bytes the records have become; throws at the limit. */
  countOut(bytes: number): void
  /** By which pages are held. */
  resting: Resting
  /** Records are given few at a time, and little is read ahead of them. */
  isFrugal?: boolean
  maxPageBytes?: number | undefined
  maxHeldBytes?: number | undefined
}

/** A format that is read by ranges, since what it holds stands at its end. */
export interface RangedFormat {
  access: 'ranges'
  read(file: RangedFile, facts: ReadFacts, limits: RangedLimits): AsyncIterable<RecordBatch>
  /** How many records the file says it has, without reading them. */
  count(file: RangedFile): Promise<number>
}

/** What a format adds to reading: how bytes become records by its settings. */
export type FormatReader<Params> = (params: Params) => StreamFormat | RangedFormat

/** What formats of texts have in common: how their files are packed and written. */
export const textSettings = (params: {
  compress: CompressionSetting
  charset: string
  binaryAsText?: boolean | undefined
  zipEntries?: string | undefined
}): Omit<StreamFormat, 'access' | 'read'> => ({
  compression: params.compress,
  charset: params.charset,
  readsBinary: params.binaryAsText === true,
  zipEntries: params.zipEntries ?? '',
})
