import 'server-only'
import { NO_WARNINGS } from '#lib/domain/datasets/stream-warnings'
import { Failure } from '#lib/domain/errors'
import { logger } from '../../platform/logger'
import { type Printing, printFiles } from './print-files'
import { endReadSession, keepSessionAlive, type ReadSession } from './read-sessions'

/** How much a stream gave out, and how it ended. */
export interface StreamEnd {
  state: 'done' | 'failed' | 'left'
  records: number
  bytes: number
  unreadFiles: number
  faults: number
}

/** What a stream is of. */
export type Writing = Pick<Printing, 'permit' | 'row' | 'takePartitions' | 'format'>

/**
 * Gives out the records and keeps how that ended; `onEnd` is told, however it ended. With a session a fault ends the stream,
 * once something was given out.
 */
export async function* writeRecords(
  writing: Writing,
  session: ReadSession | null,
  onEnd: (end: StreamEnd) => Promise<unknown>,
): AsyncGenerator<Buffer, void> {
  const { signal } = writing.permit
  const counter = { records: 0, bytes: 0 }
  const known = { ...NO_WARNINGS, warnings: [] }
  let end: Pick<StreamEnd, 'state'> & { error?: unknown } = { state: 'left' }
  const stopBeating = session === null ? () => undefined : keepSessionAlive(session)
  try {
    for await (const bytes of printFiles({ ...writing, counter, known })) {
      counter.bytes += bytes.length
      yield bytes
    }
    end = { state: 'done' }
  } catch (error) {
    end = { state: 'failed', error }
    // Who was given nothing yet is told at once; later on the session tells.
    if (session === null || counter.bytes === 0) throw error
  } finally {
    stopBeating()
    if (end.state !== 'done' && signal.aborted) end = endOfPermit(signal)
    await keepEnd([
      onEnd({ state: end.state, ...counter, unreadFiles: known.unreadFiles, faults: known.faults }),
      session && endReadSession(session, { ...end, records: counter.records, warnings: known }),
    ])
  }
}

/** A reader who left takes the permit along; a right that was taken away, or slowness, is a failure of its own. */
const endOfPermit = ({ reason }: AbortSignal) =>
  reason instanceof Failure ? { state: 'failed' as const, error: reason } : { state: 'left' as const }

async function keepEnd(kept: (Promise<unknown> | null)[]): Promise<void> {
  for (const one of await Promise.allSettled(kept)) {
    if (one.status === 'rejected')
      logger.error({ err: one.reason as unknown }, 'how a stream ended could not be kept')
  }
}
