import 'server-only'
import { Failure } from '#lib/domain/errors'
import { stopped } from '#lib/server/platform/object-store/translate-error'
import type { ByteRange, ObjectFacts, ObjectStore } from '#lib/server/platform/object-store/types'
import { ByteQueue } from './byte-queue'
import { holdFreely, type ReadFile } from './hold'
import { type Meter, type ReadLimits, untilAborted } from './meter'
import type { RangedFile } from './ranged-file'
import type { ReadFacts } from './records'
import { type Resting, restingWhileUnread, restless } from './resting'

/** A file to read: an object of a store, or bytes that are at hand, which a reading that rests goes through again. */
export type FileSource =
  | { store: ObjectStore; path: string }
  | { bytes: AsyncIterable<Uint8Array>; path: string }

/** A file under the limits of one reading; both ways of reading it end when the reading does. */
export interface PackedFile extends ReadFile {
  /** From its first byte on; once. */
  stream(): Promise<ByteQueue>
  /** From `offset` on, once more; throws a `Failure` when the file is not the one any more that was begun. */
  again(offset: number): Promise<ByteQueue>
  /** Bytes at hand are gathered first, what was looked at by `stream` as well. */
  ranged(): Promise<OpenRanges>
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
  const holdOn = () => {
    if (until.aborted) throw ended()
  }
  const { restAfterMs } = limits
  const resting =
    restAfterMs === undefined || 'bytes' in source
      ? restless(holdFreely)
      : restingWhileUnread({
          file: { path: source.path, until, holdOn },
          afterMs: restAfterMs,
          inTurn: false,
        })
  const closing = new Set<() => void>()
  let first: Version | undefined
  const open = async (range?: ByteRange, version?: Version): Promise<ByteQueue> => {
    const start = async (from: ByteRange | undefined) => {
      const opened = await openBytes(source, from, until, ended)
      const expected = version ?? first
      if (expected === undefined || isSame(expected, opened)) return opened
      opened.close()
      throw changed(source.path)
    }
    const opened = await start(range)
    first ??= opened.version
    const going = goOnAfterRests(opened, range, start, resting)
    const close = () => {
      going.close()
      // Not awaited: a source that hangs cannot hold back who leaves it.
      queue.close().catch(() => undefined)
    }
    const bytes = whenDone(untilAborted(going.bytes, until, ended), () => closing.delete(close))
    const offset = range?.start ?? 0
    const queue = new ByteQueue(meter.countIn(bytes, offset))
    queue.offset = offset
    closing.add(close)
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
    again: (offset) => open({ start: offset }),
    ranged: async () => {
      if ('bytes' in source) return fromBytes(source.path, await drainWhole(await openWhole()))
      const version = await source.store.head(source.path)
      if (first !== undefined && !isSame(first, { version })) throw changed(source.path)
      const openRange = (range: ByteRange) => {
        holdOn()
        return open(range, version)
      }
      return rangesOf({ path: source.path, sizeBytes: version.sizeBytes }, openRange)
    },
    holdOn,
    close: () => {
      for (const close of closing) close()
    },
  }
}

const NOTHING = Buffer.alloc(0)

/** What of a store's answer stands in its socket, and in all that it goes through, while nobody takes it. */
const ON_ITS_WAY_BYTES = 512 * 1024

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

function rangesOf(
  { path, sizeBytes }: Pick<OpenRanges, 'path' | 'sizeBytes'>,
  openRange: (range: ByteRange) => Promise<ByteQueue>,
): OpenRanges {
  const open = async (start: number, end: number): Promise<ByteQueue> => {
    const last = Math.min(end, sizeBytes) - 1
    const queue = last < start ? queueOf(NOTHING) : await openRange({ start, end: last })
    queue.offset = start
    return queue
  }
  const read = async (start: number, end: number, before: Buffer = NOTHING) => {
    const length = Math.max(0, Math.min(end, sizeBytes) - start)
    const queue = await open(start, end)
    return length > MAX_ROOM_BYTES ? drainWhole(queue, before) : drainTo(length, queue, before)
  }
  return { path, sizeBytes, open, read }
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

/** What tells one content of an object from another. */
type Version = Pick<ObjectFacts, 'etag' | 'sizeBytes' | 'modifiedAtMs'>

function isSame(one: Version, { version }: { version?: Version }): boolean {
  if (version === undefined) return false
  if (one.etag !== '' || version.etag !== '') return one.etag === version.etag
  return one.sizeBytes === version.sizeBytes && one.modifiedAtMs === version.modifiedAtMs
}

interface OpenedBytes {
  bytes: AsyncIterable<Uint8Array>
  version?: Version
  close: () => void
}

async function openBytes(
  source: FileSource,
  range: ByteRange | undefined,
  until: AbortSignal,
  ended: () => Failure,
): Promise<OpenedBytes> {
  if ('bytes' in source) {
    const bytes = range === undefined ? source.bytes : passOver(source.bytes, range.start)
    return { bytes, close: () => undefined }
  }
  const opening = source.store.getStream({ path: source.path, ...(range === undefined ? {} : { range }) })
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(ended())
      opening.then(({ close }) => close()).catch(() => undefined)
    }
    until.addEventListener('abort', abort, { once: true })
    if (until.aborted) abort()
    opening
      .then(({ bytes, close, ...version }) => ({ bytes, close, version }))
      .then(resolve, reject)
      .finally(() => until.removeEventListener('abort', abort))
  })
}

/** Gives bytes that were asked for; after a rest those that are left are asked for anew. */
function goOnAfterRests(
  opened: OpenedBytes,
  range: ByteRange | undefined,
  start: (range: ByteRange) => Promise<OpenedBytes>,
  resting: Resting,
): Omit<OpenedBytes, 'version'> {
  const end = range?.end === undefined ? opened.version?.sizeBytes : range.end + 1
  let at = range?.start ?? 0
  // Not held any longer than it is read: what stands in a closed answer is not freed.
  let current: OpenedBytes | undefined = opened
  const bytes = resting(async function* (hold) {
    await hold(ON_ITS_WAY_BYTES)
    if (current === undefined && at === end) return
    current ??= await start({ ...range, start: at })
    try {
      for await (const chunk of current.bytes) {
        at += chunk.length
        yield chunk
      }
    } finally {
      current = undefined
    }
  })
  return { bytes, close: () => current?.close() }
}

async function* passOver(bytes: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const chunk of bytes) {
    yield left === 0 ? chunk : chunk.subarray(left)
    left -= Math.min(left, chunk.length)
  }
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
