import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import { pickColumns } from '#lib/domain/datasets/pick-columns'
import type { RecordFormat } from '#lib/domain/datasets/print-records'
import {
  NO_WARNINGS,
  type StreamWarnings,
  warnOfFaults,
  warnOfFile,
} from '#lib/domain/datasets/stream-warnings'
import type { Context } from '../access/caller'
import { actorOf, eventContext, recordEvent } from '../access/record-event'
import { streamWithPermit } from '../access/stream-with-permit'
import { openConnection } from '../connections/store-target'
import { now } from '../platform/clock'
import { inTransaction } from '../platform/db/transaction'
import { logger } from '../platform/logger'
import { inSlices } from '../platform/loop-slices'
import type { Permit } from '../platform/permit'
import { toProblem } from '../reader/file-problems'
import { readRecords } from '../reader/read-records'
import type { RecordBatch, RecordReading } from '../reader/records'
import { type DatasetRef, type DatasetRow, datasetKind, definitionOf } from './dataset-kind'
import { readAhead } from './read-ahead'
import { readFormat } from './read-format'
import { beginReadSession, endReadSession, keepSessionAlive, type ReadSession } from './read-sessions'
import { isFaultOfFile, readLimitsOf } from './read-settings'
import { RecordBytes } from './record-bytes'
import { connectionPathOf } from './scan-files'
import { findWantedFiles, type WantedFile } from './wanted-files'

/** Files that are opened before their turn. */
const FILES_AHEAD = 3
/** What events tell of the partitions asked for. */
const PARTITIONS_TOLD = 100

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
): Promise<AsyncGenerator<Buffer, void>> {
  const chunks = await streamWithPermit(
    ctx,
    datasetKind,
    'read',
    ref,
    { details: (row) => detailsOf(row, partitions, format) },
    async ({ tx, row, subject }) => ({
      row,
      subject,
      session: sessionId === null ? null : await beginReadSession(tx, row, subject.name, sessionId),
    }),
    (permit, { row, subject, session }) =>
      writeRecords(permit, row, partitions, format, session, (end) =>
        tellEnd(ctx, subject, row, { ...detailsOf(row, partitions, format), ...end }),
      ),
  )
  return withFirstTaken(chunks)
}

/** What events tell of a reading. */
const detailsOf = (row: DatasetRow, partitions: readonly string[], format: RecordFormat) => ({
  connection: row.connection.name,
  format,
  ...(partitions.length === 0 ? {} : { partitions: partitions.slice(0, PARTITIONS_TOLD) }),
})

/** How much a stream gave out, and how it ended. */
interface StreamEnd {
  state: 'done' | 'failed' | 'left'
  records: number
  bytes: number
  unreadFiles: number
  faults: number
}

/** The event at the beginning cannot say how much was read; this one does. */
const tellEnd = (ctx: Context, subject: Subject, row: DatasetRow, { state, ...fields }: StreamEnd) =>
  inTransaction((tx) =>
    recordEvent(tx, eventContext(ctx), actorOf(subject), {
      msgType: 'dataset-read-data-end',
      outcome: state === 'failed' ? 'failed' : 'success',
      ...datasetObject(row),
      fields: { ...fields, state },
    }),
  )

const datasetObject = (row: DatasetRow) => ({
  objectType: datasetKind.name,
  objectId: datasetKind.describe(row).objectId,
  projectKey: row.project.key,
})

async function* writeRecords(
  permit: Permit,
  row: DatasetRow,
  partitions: readonly string[],
  format: RecordFormat,
  session: ReadSession | null,
  tell: (end: StreamEnd) => Promise<unknown>,
): AsyncGenerator<Buffer, void> {
  const counter = { records: 0, bytes: 0 }
  const known: StreamWarnings = { ...NO_WARNINGS, warnings: [] }
  const ended = { by: undefined as { error: unknown } | undefined, whole: false }
  const stopBeating = session === null ? () => undefined : keepSessionAlive(session)
  try {
    for await (const bytes of printAll(permit, row, partitions, format, counter, known)) {
      counter.bytes += bytes.length
      yield bytes
    }
    ended.whole = true
  } catch (error) {
    ended.by = { error }
    // Who asked for nothing yet is told at once; later on the session tells.
    if (session === null || counter.records === 0) throw error
  } finally {
    stopBeating()
    const state = ended.whole ? 'done' : ended.by === undefined || permit.signal.aborted ? 'left' : 'failed'
    const kept: Promise<unknown>[] = [
      tell({ state, ...counter, unreadFiles: known.unreadFiles, faults: known.faults }),
    ]
    if (session !== null) {
      const { records } = counter
      const end = {
        state: ended.by === undefined ? state : 'failed',
        records,
        warnings: known,
        ...ended.by,
      } as const
      kept.push(endReadSession(session, end))
    }
    for (const one of await Promise.allSettled(kept)) {
      if (one.status === 'rejected')
        logger.error({ err: one.reason as unknown }, 'how a stream ended could not be kept')
    }
  }
}

async function* printAll(
  permit: Permit,
  row: DatasetRow,
  partitions: readonly string[],
  format: RecordFormat,
  counter: { records: number },
  known: StreamWarnings,
): AsyncGenerator<Buffer, void> {
  const definition = definitionOf(row)
  const { columns } = definition.schema
  const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
  const settings = readFormat(definition)
  const records = new RecordBytes(
    format,
    columns.map(({ name }) => name),
  )
  const keepsFaults = definition.unreadableFiles === 'warn'
  const limits = readLimitsOf(definition)
  const open = ({ path }: WantedFile) => {
    const source = { store, path: connectionPathOf(definition, path) }
    return readFile(readRecords(source, settings, limits, permit.signal), keepsFaults, known)
  }
  const files = findWantedFiles({ store, definition, now: now().getTime() }, partitions)
  for await (const { batch, reading } of inSlices(readAhead(files, open, FILES_AHEAD))) {
    const places = pickColumns(columns, reading.facts.columns)
    for (let index = 0; index < batch.count; index++) {
      const cells = batch.cells(index)
      records.add(places.map((place) => cells[place]))
      counter.records++
      if (records.isEnough) yield* records.take()
    }
  }
  yield* records.take()
}

async function* readFile(
  reading: RecordReading,
  keepsFaults: boolean,
  known: StreamWarnings,
): AsyncGenerator<{ batch: RecordBatch; reading: RecordReading }> {
  try {
    for await (const batch of reading) yield { batch, reading }
  } catch (error) {
    // The settings want unreadable files left out; what stood before the fault has been read.
    if (!keepsFaults || !isFaultOfFile(error)) throw error
    const { path } = reading.facts
    logger.warn({ path, err: error }, 'a file was left out of a stream')
    warnOfFile(known, toProblem(error, path))
  }
  warnOfFaults(known, reading.facts.problems)
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
