import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Subject } from '#lib/domain/access/subject'
import { NO_WARNINGS, type StreamWarnings, streamWarnings } from '#lib/domain/datasets/stream-warnings'
import { Failure } from '#lib/domain/errors'
import { type JobError, jobError } from '#lib/domain/progress/wire'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { now } from '../../platform/clock'
import { database, type Tx } from '../../platform/db/client'
import type { Prisma } from '../../platform/db/generated/client'
import { hasProcessEnded, nameThisProcess } from '../../platform/db/process-name'
import { storable } from '../../platform/db/storable'
import { isUniqueViolation } from '../../platform/db/transaction'
import { logger } from '../../platform/logger'
import { describeError } from '../../progress/describe-error'
import { type DatasetRef, type DatasetRow, datasetKind } from '../dataset-kind'

/** A stream that a program reads under a name of its own, to ask afterwards whether it came whole. */
export interface ReadSession {
  spaceId: string
  actor: string
  id: string
}

const DEFECT: JobError = {
  code: 'internal',
  message: 'Reading ended because of a fault of Launchpad itself.',
  remedy: 'Read it again.',
}
const KEPT_MS = 24 * 3_600_000
/** How long a question waits for a stream whose last bytes are still on their way. */
const WAIT_MS = 5_000
/** Then ever less often: a stream that did not end in the time of a packet may go on for hours. */
const FIRST_WAIT_MS = 100
const BEAT_EVERY_MS = 10_000
/** A stream that nothing was heard of for so long went with the process that gave it out, whatever is known of that. */
const SILENT_MS = 35_000

/** Who reads, as sessions tell readers apart: a key by its id, since labels and owners are shared by several. */
export const readerOf = ({ keyId, userId, name }: Subject): string => keyId ?? userId ?? name

/**
 * @param process the name of this one, by which others know whether it still lives; null where it has none
 * @throws Failure `conflict` when the reader has used the name before
 */
export async function beginReadSession(
  tx: Tx,
  row: DatasetRow,
  { actor, id, process }: { actor: string; id: string; process: string | null },
): Promise<ReadSession> {
  const { spaceId, id: datasetId } = row
  const used = await tx.readSession.findUnique({ where: { spaceId_actor_id: { spaceId, actor, id } } })
  if (used) throw usedBefore(id)
  try {
    await tx.readSession.create({
      data: { spaceId, actor, id, datasetId, process, state: 'running', startedAt: now(), aliveAt: now() },
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw usedBefore(id)
    throw error
  }
  return { spaceId, actor, id }
}

/** Says again and again that a stream is under way, until what it gives back is called. */
export function keepSessionAlive(session: ReadSession): () => void {
  const beat = () =>
    sayAlive(session).catch((err: unknown) =>
      logger.warn({ err }, 'a stream could not say that it is under way'),
    )
  const timer = setInterval(beat, BEAT_EVERY_MS).unref()
  return () => clearInterval(timer)
}

/** The process goes by another name once the database was away. */
async function sayAlive(session: ReadSession): Promise<void> {
  const process = await nameThisProcess()
  await database().readSession.updateMany({ where: session, data: { aliveAt: now(), process } })
}

/** Keeps how a stream ended. A dataset that was deleted meanwhile took its sessions along. */
export async function endReadSession(
  session: ReadSession,
  end: { state: 'done' | 'failed' | 'left'; records: number; warnings: StreamWarnings; error?: unknown },
): Promise<void> {
  const { state, records, warnings, error } = end
  await database().readSession.updateMany({
    where: session,
    data: {
      state,
      records: BigInt(records),
      finishedAt: now(),
      warnings: storable(warnings),
      ...(error === undefined ? {} : { error: describeError(error, DEFECT) }),
    },
  })
}

/** What came of a stream that was read to its end. */
export interface FinishedStream extends StreamWarnings {
  records: number
}

/** Says whether a stream came whole, and what the settings let it go on without. @throws the failure that broke it; `not_found` for a name that was never used */
export async function finishStreaming(ctx: Context, ref: DatasetRef, id: string): Promise<FinishedStream> {
  const until = Date.now() + WAIT_MS
  for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
    const { session, isLost } = await readAs(ctx, datasetKind, 'see', ref, ({ tx, row, subject }) =>
      findSession(tx, { spaceId: row.spaceId, actor: readerOf(subject), id, datasetId: row.id }),
    )
    if (!session) throw unknownSession(id)
    if (session.state === 'done')
      return { records: Number(session.records), ...streamWarnings.parse(session.warnings ?? NO_WARNINGS) }
    if (session.state === 'failed') throw brokenBy(jobError.parse(session.error))
    if (session.state === 'left') throw leftEarly(id)
    if (isLost) throw lost(id)
    if (Date.now() >= until) throw stillRunning(id)
    await sleep(Math.min(waitMs, until - Date.now()))
  }
}

/** A session, and whether its stream went with the process that gave it out. */
async function findSession(tx: Tx, where: Prisma.ReadSessionWhereInput) {
  const session = await tx.readSession.findFirst({ where })
  if (session?.state !== 'running') return { session, isLost: false }
  if (now().getTime() - session.aliveAt.getTime() > SILENT_MS) return { session, isLost: true }
  if (session.process === null || !(await hasProcessEnded(tx, session.process)))
    return { session, isLost: false }
  // Whatever that process had still to say, it has said before it ended.
  const last = await tx.readSession.findFirst({ where })
  return { session: last, isLost: last?.state === 'running' }
}

/** Sessions that nobody will ask for any more. */
export async function forgetReadSessions(tx: Tx): Promise<void> {
  await tx.readSession.deleteMany({ where: { startedAt: { lt: new Date(now().getTime() - KEPT_MS) } } })
}

function brokenBy({ message, reason, where, remedy }: JobError): Failure {
  return new Failure('validation_failed', `The stream broke: ${message}`, {
    ...(reason === undefined ? {} : { reason }),
    ...(where === undefined ? {} : { where }),
    ...(remedy === undefined ? {} : { remedy }),
  })
}

const usedBefore = (id: string) =>
  new Failure('conflict', `The read session ${id} has been used before.`, {
    reason: 'read-session-used',
    remedy: 'Choose a new readSessionId for each stream.',
  })

const unknownSession = (id: string) =>
  new Failure('not_found', `There is no read session ${id} of yours on this dataset.`, {
    reason: 'unknown-read-session',
  })

const leftEarly = (id: string) =>
  new Failure('validation_failed', `The stream of read session ${id} was not read to its end.`, {
    reason: 'stream-left',
  })

const lost = (id: string) =>
  new Failure(
    'validation_failed',
    `The stream of read session ${id} broke: the server that gave it out was stopped before it was whole.`,
    { reason: 'stream-lost', remedy: 'Read it again.' },
  )

const stillRunning = (id: string) =>
  new Failure('conflict', `The stream of read session ${id} is still under way.`, {
    reason: 'stream-running',
    remedy: 'Read it to its end first.',
  })
