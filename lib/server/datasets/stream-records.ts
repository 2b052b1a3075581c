import 'server-only'
import { pickColumns } from '#lib/domain/datasets/pick-columns'
import { printRecords, type RecordFormat } from '#lib/domain/datasets/print-records'
import { Failure } from '#lib/domain/errors'
import { type FormatSettings, formatSchema } from '#lib/domain/formats/wire'
import type { Context } from '../access/caller'
import { streamWithPermit } from '../access/with-permit'
import { openConnection } from '../connections/store-target'
import { now } from '../platform/clock'
import { logger } from '../platform/logger'
import type { Permit } from '../platform/permit'
import { readRecords } from '../reader/read-records'
import type { RecordBatch, RecordReading } from '../reader/records'
import { type DatasetRef, type DatasetRow, datasetKind, definitionOf } from './dataset-kind'
import { readAhead } from './read-ahead'
import { beginReadSession, endReadSession, type ReadSession } from './read-sessions'
import { connectionPathOf } from './scan-files'
import { findWantedFiles, type WantedFile } from './wanted-files'

/** Files that are opened before their turn. */
const FILES_AHEAD = 3
/** Text that goes out together, UTF-16 units. */
const CHUNK_CHARS = 64 * 1024
/** What one file may unpack to per byte; deflate itself reaches 1032. */
const MAX_RATIO = 1_032

export interface RecordsRequest {
  /** Partition ids and range specifications; none means all. */
  partitions: readonly string[]
  format: RecordFormat
  /** A name of the reader's own, by which it asks afterwards whether the stream came whole. */
  sessionId: string | null
}

/**
 * Streams the records of a dataset as text, in the order of its files' paths, with memory that does not grow.
 * With a session a failure ends the stream, and is told when the session is asked for; without one it breaks the stream.
 * @throws Failure before the first text: denied, no such partition, a range specification that cannot be read
 */
export async function streamRecords(
  ctx: Context,
  ref: DatasetRef,
  { partitions, format, sessionId }: RecordsRequest,
): Promise<AsyncGenerator<string, void>> {
  const details = { format, ...(partitions.length === 0 ? {} : { partitions: partitions.slice(0, 100) }) }
  const chunks = await streamWithPermit(
    ctx,
    datasetKind,
    'read',
    ref,
    { details },
    async ({ tx, row, subject }) => ({
      row,
      session: sessionId === null ? null : await beginReadSession(tx, row, subject.name, sessionId),
    }),
    (permit, { row, session }) => writeRecords(permit, row, partitions, format, session),
  )
  return withFirstTaken(chunks)
}

async function* writeRecords(
  permit: Permit,
  row: DatasetRow,
  partitions: readonly string[],
  format: RecordFormat,
  session: ReadSession | null,
): AsyncGenerator<string, void> {
  const counter = { records: 0 }
  const ended = { by: undefined as { error: unknown } | undefined, whole: false }
  try {
    yield* printAll(permit, row, partitions, format, counter)
    ended.whole = true
  } catch (error) {
    ended.by = { error }
    // Who asked for nothing yet is told at once; later on the session tells.
    if (session === null || counter.records === 0) throw error
  } finally {
    if (session !== null) {
      const state = ended.whole ? 'done' : ended.by === undefined ? 'left' : 'failed'
      await endReadSession(session, { state, ...counter, ...(ended.by ?? {}) }).catch((err: unknown) =>
        logger.error({ err, session: session.id }, 'how a stream ended could not be kept'),
      )
    }
  }
}

async function* printAll(
  permit: Permit,
  row: DatasetRow,
  partitions: readonly string[],
  format: RecordFormat,
  counter: { records: number },
): AsyncGenerator<string, void> {
  const definition = definitionOf(row)
  const { columns } = definition.schema
  const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
  const settings = readFormat(definition.formatType, definition.formatParams)
  const printer = printRecords(
    format,
    columns.map(({ name }) => name),
  )
  const keepsFaults = definition.unreadableFiles === 'warn'
  const limits = { maxRatio: MAX_RATIO, recordFaults: keepsFaults ? 'keep' : 'fail' } as const
  const open = ({ path }: WantedFile) => {
    const source = { store, path: connectionPathOf(definition, path) }
    return readFile(readRecords(source, settings, limits, permit.signal), keepsFaults)
  }
  const files = findWantedFiles({ store, definition, now: now().getTime() }, partitions)
  let text = printer.head()
  for await (const { batch, reading } of readAhead(files, open, FILES_AHEAD)) {
    const places = pickColumns(columns, reading.facts.columns)
    for (let index = 0; index < batch.count; index++) {
      const cells = batch.cells(index)
      text += printer.record(places.map((place) => cells[place]))
      counter.records++
      if (text.length < CHUNK_CHARS) continue
      yield text
      text = ''
    }
  }
  if (text !== '') yield text
}

async function* readFile(
  reading: RecordReading,
  keepsFaults: boolean,
): AsyncGenerator<{ batch: RecordBatch; reading: RecordReading }> {
  try {
    for await (const batch of reading) yield { batch, reading }
  } catch (error) {
    // The settings want unreadable files left out; what stood before the fault has been read.
    const isFault =
      error instanceof Failure && (error.kind === 'validation_failed' || error.kind === 'limit_exceeded')
    if (!keepsFaults || !isFault) throw error
    logger.warn({ path: reading.facts.path, reason: error.details.reason }, 'a file was left out of a stream')
  }
}

function readFormat(type: string, params: unknown): FormatSettings {
  const format = formatSchema.safeParse({ type, params })
  if (format.success) return format.data
  throw new Failure('validation_failed', format.error.issues[0]?.message ?? 'The format is not valid.', {
    reason: 'ERR_DATASET_INVALID_FORMAT_CONFIG',
    where: 'Format / Preview',
  })
}

/** Waits for the first value, so that what fails before it is thrown instead of streamed. */
async function withFirstTaken<T>(values: AsyncGenerator<T, void>): Promise<AsyncGenerator<T, void>> {
  const first = await values.next()
  return (async function* () {
    try {
      if (first.done === true) return
      yield first.value
      yield* values
    } finally {
      await values.return()
    }
  })()
}
