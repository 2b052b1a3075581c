import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import type { RecordFormat } from '#lib/domain/datasets/print-records'
import { Failure } from '#lib/domain/errors'
import { askAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { actorOf, eventContext, recordEvent } from '../../access/record-event'
import { streamWithPermit } from '../../access/stream-with-permit'
import { nameThisProcess } from '../../platform/db/process-name'
import { inTransaction } from '../../platform/db/transaction'
import { takeFirst } from '../../platform/take-first'
import { type DatasetRef, type DatasetRow, datasetKind, definitionOf } from '../dataset-kind'
import { type StreamPlace, takeStreamPlace } from './open-streams'
import { beginReadSession, readerOf } from './read-sessions'
import { beginStoppable } from './stop-streams'
import { type StreamEnd, writeRecords } from './write-records'

/** What events tell of the partitions asked for. */
const PARTITIONS_TOLD = 100
/** A range specification may be as long as a body. */
const CHARS_TOLD = 1_000

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
 * A server that is stopped is such a failure.
 * @throws Failure before the first text: denied, a dataset without columns, no such partition, a range specification that cannot be read, too many
 * streams of the caller at the same time
 */
export async function streamRecords(
  ctx: Context,
  ref: DatasetRef,
  { partitions, format, sessionId }: RecordsRequest,
): Promise<AsyncGenerator<Buffer, void>> {
  let place: StreamPlace | undefined
  // No function below may name the partitions: each would hold all of them as long as the stream.
  const takePartitions = giveOnce(partitions)
  const told = tellPartitions(partitions)
  const process = sessionId === null ? null : await nameThisProcess()
  const stoppable = beginStoppable()
  try {
    const chunks = await streamWithPermit(
      { ...ctx, signal: AbortSignal.any([ctx.signal, stoppable.signal]) },
      datasetKind,
      'read',
      ref,
      { details: (row) => detailsOf(row, told, format) },
      async ({ tx, row, subject }) => {
        requireColumns(row)
        // A transaction that is run again has taken one already.
        place ??= takeStreamPlace(subject)
        const actor = readerOf(subject)
        const session =
          sessionId === null ? null : await beginReadSession(tx, row, { actor, id: sessionId, process })
        return { row, subject, session }
      },
      (permit, { row, subject, session }) => {
        const onEnd = (end: StreamEnd) => {
          place?.free()
          return tellEnd(ctx, subject, row, { ...detailsOf(row, told, format), ...end })
        }
        return stoppable.follow(writeRecords({ permit, row, takePartitions, format }, session, onEnd))
      },
    )
    return await takeFirst(chunks)
  } catch (error) {
    place?.free()
    stoppable.forget()
    throw error
  }
}

/** Whether the caller may stream records, without reading any. @throws as streamRecords, of the right alone */
export const mayStreamRecords = (ctx: Context, ref: DatasetRef): Promise<void> =>
  askAs(ctx, datasetKind, 'read', ref)

/** Records without a column would be as many empty ones, and nobody would know why. */
function requireColumns(row: DatasetRow): void {
  if (definitionOf(row).schema.columns.length > 0) return
  throw new Failure('validation_failed', `${row.name} has no columns, so its records would be empty.`, {
    reason: 'no-columns',
    where: 'schema.columns',
    remedy: 'Give it a schema: on the tab Schema, or by saving what autodetect_settings finds.',
  })
}

/** What events tell of a reading. */
const detailsOf = (row: DatasetRow, partitions: readonly string[], format: RecordFormat) => ({
  connection: row.connection.name,
  format,
  ...(partitions.length === 0 ? {} : { partitions }),
})

/** Copies, as a part of a text holds all of it. */
const tellPartitions = (partitions: readonly string[]) =>
  partitions
    .slice(0, PARTITIONS_TOLD)
    .map((text) => (text.length > CHARS_TOLD ? `${structuredClone(text.slice(0, CHARS_TOLD))}…` : text))

/** Gives a value once, and lets go of it. */
function giveOnce<T>(value: T): () => T {
  let left: { value: T } | undefined = { value }
  return () => {
    if (left === undefined) throw new Error('What was given once is not held any more.')
    const given = left.value
    left = undefined
    return given
  }
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
