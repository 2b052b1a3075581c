import 'server-only'
import { Failure } from '#lib/domain/errors'
import { beforeStop } from '../../platform/before-stop'

/** A stream that is told when its process is stopped. */
export interface Stoppable {
  /** Aborted then, with the failure to tell. */
  readonly signal: AbortSignal
  /** Gives on what is streamed; the stream is over once that has come to its end. */
  follow<T>(values: AsyncIterable<T>): AsyncGenerator<T, void>
  /** For a stream that never began. */
  forget(): void
}

/** Those under way, each with when it is over. */
const underWay = new Map<AbortController, Promise<void>>()

/** Counts a stream among those that are ended when the process is. */
export function beginStoppable(): Stoppable {
  const stopped = new AbortController()
  const over = Promise.withResolvers<void>()
  underWay.set(stopped, over.promise)
  const forget = () => {
    underWay.delete(stopped)
    over.resolve()
  }
  return {
    signal: stopped.signal,
    async *follow(values) {
      try {
        yield* values
      } finally {
        forget()
      }
    },
    forget,
  }
}

/** Breaks all streams, and waits until each has kept why. One whose reader takes nothing ends with its connection. */
export async function stopStreams(): Promise<void> {
  for (const stopped of underWay.keys()) stopped.abort(serverStopped())
  await Promise.all(underWay.values())
}

beforeStop(stopStreams)

const serverStopped = () =>
  new Failure('unavailable', 'The server was stopped before it was whole.', {
    reason: 'server-stopped',
    remedy: 'Read it again.',
  })
