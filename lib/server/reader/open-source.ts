import 'server-only'
import { Failure } from '#lib/domain/errors'
import { stopped } from '#lib/server/platform/object-store/translate-error'
import type { ObjectStore } from '#lib/server/platform/object-store/types'
import { ByteQueue } from './byte-queue'
import { type Meter, type ReadLimits, untilAborted } from './meter'
import type { RangedFile } from './ranged-file'
import type { ReadFacts } from './records'

/** A file to read: an object of a store, or bytes that are at hand. */
export type FileSource =
  | { store: ObjectStore; path: string }
  | { bytes: AsyncIterable<Uint8Array>; path: string }

/** A file under the limits of one reading; both ways of reading it end when the reading does. */
export interface PackedFile {
  /** From its first byte on; once. */
  stream(): Promise<ByteQueue>
  ranged(): Promise<RangedFile>
  /** Throws when the reading has to end. */
  holdOn(): void
  close(): void
}

interface Reading {
  limits: ReadLimits
  facts: ReadFacts
  meter: Meter
  signal: AbortSignal
}

/** Opens a file for one reading: nothing is asked of the store before the first bytes are wanted. */
export function openSource(source: FileSource, { limits, facts, meter, signal }: Reading): PackedFile {
  const deadline = limits.deadlineMs === undefined ? undefined : AbortSignal.timeout(limits.deadlineMs)
  const until = deadline === undefined ? signal : AbortSignal.any([signal, deadline])
  const ended = () => (signal.aborted ? stopped(signal, source.path) : tooLate(facts, limits))
  const closing = new Set<() => void>()
  const open = async (range?: { start: number; end: number }): Promise<ByteQueue> => {
    const opened = await openBytes(source, range, until, ended)
    const queue = new ByteQueue(meter.countIn(untilAborted(opened.bytes, until, ended)))
    closing.add(() => {
      opened.close()
      // Not awaited: a source that hangs cannot hold back who leaves it.
      queue.close().catch(() => undefined)
    })
    return queue
  }
  return {
    stream: () => open(),
    ranged: async () => {
      if ('bytes' in source) return fromBytes(source.path, await drainWhole(await open()))
      const { sizeBytes } = await source.store.head(source.path)
      return {
        path: source.path,
        sizeBytes,
        read: async (start, end) => {
          if (until.aborted) throw ended()
          const last = Math.min(end, sizeBytes) - 1
          return last < start ? Buffer.alloc(0) : drainWhole(await open({ start, end: last }))
        },
      }
    },
    holdOn: () => {
      if (until.aborted) throw ended()
    },
    close: () => {
      for (const close of closing) close()
    },
  }
}

const fromBytes = (path: string, bytes: Buffer): RangedFile => ({
  path,
  sizeBytes: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
})

async function drainWhole(queue: ByteQueue): Promise<Buffer> {
  const chunks: Buffer[] = []
  for (let chunk = await queue.next(); chunk !== undefined; chunk = await queue.next()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

interface OpenedBytes {
  bytes: AsyncIterable<Uint8Array>
  close: () => void
}

async function openBytes(
  source: FileSource,
  range: { start: number; end: number } | undefined,
  until: AbortSignal,
  ended: () => Failure,
): Promise<OpenedBytes> {
  if ('bytes' in source) return { bytes: source.bytes, close: () => undefined }
  const opening = source.store.getStream({ path: source.path, ...(range === undefined ? {} : { range }) })
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(ended())
      opening.then(({ close }) => close()).catch(() => undefined)
    }
    until.addEventListener('abort', abort, { once: true })
    if (until.aborted) abort()
    opening.then(resolve, reject).finally(() => until.removeEventListener('abort', abort))
  })
}

function tooLate(facts: ReadFacts, limits: ReadLimits): Failure {
  return new Failure(
    'limit_exceeded',
    `Reading took longer than ${limits.deadlineMs} ms, which is the limit here`,
    {
      reason: 'deadline',
      where: facts.path,
      offset: facts.bytesIn,
      facts: { limit: limits.deadlineMs, records: facts.records },
    },
  )
}
