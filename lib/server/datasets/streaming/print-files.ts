import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { OutsideTally } from '#lib/domain/datasets/outside-schema'
import type { RecordFormat } from '#lib/domain/datasets/print-records'
import {
  type StreamWarnings,
  warnOfFaults,
  warnOfFile,
  warnOfOutside,
} from '#lib/domain/datasets/stream-warnings'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import { LINE_COLUMN } from '#lib/domain/formats/expand-json'
import { openForStreaming } from '../../connections/store-target'
import { now } from '../../platform/clock'
import { logger } from '../../platform/logger'
import { inSlices } from '../../platform/loop-slices'
import type { ObjectStore } from '../../platform/object-store/types'
import type { Permit } from '../../platform/permit'
import { toProblem } from '../../reader/file-problems'
import { LargeRecords } from '../../reader/large-records'
import type { ReadLimits } from '../../reader/meter'
import { readRecords } from '../../reader/read-records'
import { type DatasetRow, definitionOf } from '../dataset-kind'
import { connectionPathOf } from '../listing/scan-files'
import { findWantedFiles, type WantedFile } from '../listing/wanted-files'
import { ColumnPlaces } from '../place-columns'
import { readFormat } from '../read-format'
import { isFaultOfFile, readLimitsOf } from '../read-settings'
import { type AheadFile, AheadPlaces, fetchAhead, fetchObject } from './fetch-ahead'
import { giveOut } from './give-out'
import { BatchPrinter, type ReadBatch } from './print-batches'

/** Files that are fetched whole before their turn: what a reader who takes nothing makes us hold. `places` are those of the process. */
const AHEAD = { maxBytes: 192 * 1024, maxFiles: 32, places: new AheadPlaces(64) }

/** Files that are listed at once: two such pages are held as well. */
const PAGE_KEYS = 200

const CHUNK_BYTES = 64 * 1024

/** How long a reader takes nothing before what reading takes is let go. */
const REST_AFTER_MS = 2_000

/** What is to be printed, and what became of it so far. */
export interface Printing {
  permit: Permit
  row: DatasetRow
  /** Partition ids and range specifications; none means all. Called once, since there may be very many. */
  takePartitions: () => readonly string[]
  format: RecordFormat
  /** `bytes` are those that were given out, `records` those printed. */
  counter: { records: number; bytes: number }
  known: StreamWarnings
}

/**
 * Prints the records of a dataset in the order of its files' paths. A fault is thrown when the records before it were given
 * out; at once, while nothing was.
 */
export async function* printFiles(printing: Printing): AsyncGenerator<Buffer, void> {
  const { permit, row, format, counter } = printing
  const definition = definitionOf(row)
  const tally = new OutsideTally()
  const largeRecords = new LargeRecords(permit.signal)
  const printer = new BatchPrinter(format, definition.schema.columns, readFormat(definition), counter, tally)
  try {
    for await (const read of inSlices(readWantedFiles(printing, largeRecords)))
      for (const pieces of printer.print(read, largeRecords.isHeld))
        yield* giveOut(pieces, () => largeRecords.letGo())
  } catch (error) {
    if (counter.bytes > 0 && !permit.signal.aborted) yield* printer.breakOff()
    throw error
  } finally {
    largeRecords.letGo()
    warnOfOutside(printing.known, tally)
  }
  yield* printer.end()
}

async function* readWantedFiles(printing: Printing, largeRecords: LargeRecords): AsyncGenerator<ReadBatch> {
  const { permit, row, takePartitions } = printing
  const definition = definitionOf(row)
  const store = openForStreaming(permit, row.connection, definition.params.bucket ?? undefined)
  const pathOf = ({ path }: WantedFile) => connectionPathOf(definition, path)
  const wanted = findWantedFiles(
    { store, definition, now: now().getTime(), pageKeys: PAGE_KEYS },
    takePartitions,
  )
  const fetch = (file: WantedFile, left: AbortSignal) =>
    fetchObject(store, pathOf(file), AHEAD.maxBytes, left)
  const limits = { ...limitsOf(definition), largeRecords, restAfterMs: REST_AFTER_MS }
  const fileReading = { store, definition, format: readFormat(definition), limits }
  for await (const file of fetchAhead(wanted, fetch, AHEAD))
    yield* readFile(printing, fileReading, pathOf(file.source), file)
}

/** How all files of a stream are read; worked out once, since there may be many small ones. */
interface FileReading {
  store: ObjectStore
  definition: DatasetDefinition
  format: FormatSettings
  limits: ReadLimits
}

async function* readFile(
  { permit, known }: Printing,
  { store, definition, format, limits }: FileReading,
  path: string,
  file: AheadFile<WantedFile>,
): AsyncGenerator<ReadBatch> {
  try {
    const bytes = await file.bytes()
    const source = bytes === undefined ? { store, path } : { bytes: inChunks(bytes), path }
    const reading = readRecords(source, format, limits, permit.signal)
    try {
      for await (const batch of reading) yield { batch, facts: reading.facts }
    } finally {
      const headerless = new ColumnPlaces(definition.schema.columns, format).problemOf(reading.facts)
      warnOfFaults(known, [...reading.facts.problems, ...(headerless ? [headerless] : [])])
    }
  } catch (error) {
    // The settings want unreadable files left out; what stood before the fault has been read.
    if (definition.unreadableFiles !== 'warn' || !isFaultOfFile(error)) throw error
    logger.warn({ path, err: error }, 'a file was left out of a stream')
    warnOfFile(known, toProblem(error, path))
  }
}

/** A line too long to hold comes in parts, unless two columns show it. */
function limitsOf(definition: DatasetDefinition): ReadLimits {
  const showing = definition.schema.columns.filter(({ name, source }) => (source ?? name) === LINE_COLUMN)
  return { ...readLimitsOf(definition), longLines: showing.length > 1 ? 'shorten' : 'parts', inTurn: true }
}

/** As they would come from a store, as often as they are asked for: of larger ones more would be held as text. */
const inChunks = (bytes: Buffer): AsyncIterable<Buffer> => ({
  async *[Symbol.asyncIterator]() {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES)
  },
})
