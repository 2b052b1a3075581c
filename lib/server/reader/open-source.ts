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
  readonly path: string
  /** From its first byte on; once. */
  stream(): Promise<ByteQueue>
  /** Bytes at hand are gathered first, what was looked at by `stream` as well. */
  ranged(): Promise<OpenRanges>
  /** Aborted when the reading has to end. */
  readonly until: AbortSignal
  /** Throws when the reading has to end. */
  holdOn(): void
  close(): void
}

/** A file read by ranges, long ones of which can be streamed. */
export interface OpenRanges extends RangedFile {
  /** Streams from `start` up to `end`, exclusive; its offsets are those of the file. To be closed by who opens it. */
  open(start: number, end: number): Promise<ByteQueue>
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
  const open = async (range?: { start: number; end: number }, etag?: string): Promise<ByteQueue> => {
    const opened = await openBytes(source, range, until, ended)
    const close = () => {
      opened.close()
      // Not awaited: a source that hangs cannot hold back who leaves it.
      queue.close().catch(() => undefined)
    }
    const bytes = whenDone(untilAborted(opened.bytes, until, ended), () => closing.delete(close))
    const queue = new ByteQueue(meter.countIn(bytes))
    closing.add(close)
    if (etag !== undefined && opened.etag !== etag) throw changed(source.path)
    return queue
  }
  let whole: Promise<ByteQueue> | undefined
  const openWhole = () => {
    whole ??= open()
    return whole
  }
  return {
    path: source.path,
    until,
    stream: openWhole,
    ranged: async () => {
      if ('bytes' in source) return fromBytes(source.path, await drainWhole(await openWhole()))
      const { sizeBytes, etag } = await source.store.head(source.path)
      const openRange = async (start: number, end: number): Promise<ByteQueue> => {
        if (until.aborted) throw ended()
        const last = Math.min(end, sizeBytes) - 1
        const queue = last < start ? queueOf(NOTHING) : await open({ start, end: last }, etag)
        queue.offset = start
        return queue
      }
      const read = async (start: number, end: number, before: Buffer = NOTHING) => {
        const length = Math.max(0, Math.min(end, sizeBytes) - start)
        const queue = await openRange(start, end)
        return length > MAX_ROOM_BYTES ? drainWhole(queue, before) : drainTo(length, queue, before)
      }
      return { path: source.path, sizeBytes, open: openRange, read }
    },
    holdOn: () => {
      if (until.aborted) throw ended()
    },
    close: () => {
      for (const close of closing) close()
    },
  }
}

const NOTHING = Buffer.alloc(0)

function fromBytes(path: string, bytes: Buffer): OpenRanges {
  return {
    path,
    sizeBytes: bytes.length,
    read: async (start, end, before: Buffer = NOTHING) => Buffer.concat([before, bytes.subarray(start, end)]),
    open: async (start, end) => {
      const queue = queueOf(bytes.subarray(start, end))
      queue.offset = start
      return queue
    },
  }
}

function queueOf(bytes: Buffer): ByteQueue {
  async function* once() {
    yield bytes
  }
  return new ByteQueue(once())
}

async function* whenDone<Chunk>(chunks: AsyncIterable<Chunk>, done: () => void): AsyncGenerator<Chunk> {
  try {
    yield* chunks
  } finally {
    done()
  }
}

function changed(path: string): Failure {
  return new Failure('conflict', 'The file was replaced while it was read', {
    reason: 'changed-while-read',
    where: path,
    remedy: 'Read it again.',
  })
}

async function drainWhole(queue: ByteQueue, before: Buffer = NOTHING): Promise<Buffer> {
  const chunks: Buffer[] = [before]
  for (let chunk = await queue.next(); chunk !== undefined; chunk = await queue.next()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Room is made for so much before it is there; what is longer may be claimed alone. */
const MAX_ROOM_BYTES = 256 * 1024 * 1024

/** Gathers a range without holding it twice; fewer bytes where the object gives fewer. */
async function drainTo(length: number, queue: ByteQueue, before: Buffer): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(before.length + length)
  let filled = before.copy(bytes)
  for (let chunk = await queue.next(); chunk !== undefined; chunk = await queue.next())
    filled += chunk.copy(bytes, filled)
  return bytes.subarray(0, filled)
}

interface OpenedBytes {
  bytes: AsyncIterable<Uint8Array>
  etag?: string
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
