import 'server-only'
import zlib from 'node:zlib'
import type { ByteQueue } from '../byte-queue'
import type { Hold } from '../hold'
import { damaged, expectPadding, notUnpacked, truncated } from './packed-faults'
import type { Unpacking } from './unpack-again'
import { ENGINE_OPTIONS, translateZlibError, ZlibEngine } from './zlib-engine'
import { type FrameHeader, isSkippable, MAGIC, MAX_HEADER_BYTES, readFrameHeader } from './zstd/frame-header'
import { FrameWalker } from './zstd/frame-walker'

/** 128 MiB, what the zstd program itself unpacks unless it is told more. */
const MAX_WINDOW_LOG = 27

const OPTIONS = { ...ENGINE_OPTIONS, params: { [zlib.constants.ZSTD_d_windowLogMax]: MAX_WINDOW_LOG } }

/**
 * Unpacks zstd of any number of frames. Where a frame ends is found by its blocks: zlib reads on where the next one should
 * begin, and says nothing of what it did not unpack.
 */
export async function* unzstd(
  queue: ByteQueue,
  path: string,
  { mark, hold }: Unpacking<never>,
): AsyncGenerator<Buffer> {
  for (;;) {
    mark(queue.offset)
    const start = await queue.peek(MAX_HEADER_BYTES)
    if (start.length === 0) return
    const magic = start.length < 4 ? undefined : start.readUInt32LE(0)
    if (magic === MAGIC) yield* unpackFrame(queue, path, start, hold)
    else if (magic !== undefined && isSkippable(magic)) await skipFrame(queue, path)
    else if (magic === undefined && beginsMagic(start)) throw truncated(path, queue.offset + start.length)
    else return await expectPadding(queue, path, 'zstd')
  }
}

/** Tells whether bytes begin a zstd file; a frame to skip, which LZ4 has too, has to be followed by one of zstd. */
export function isZstd(bytes: Buffer): boolean {
  let at = 0
  while (bytes.length >= at + 8 && isSkippable(bytes.readUInt32LE(at))) at += 8 + bytes.readUInt32LE(at + 4)
  return bytes.length >= at + 4 && bytes.readUInt32LE(at) === MAGIC
}

async function* unpackFrame(
  queue: ByteQueue,
  path: string,
  start: Buffer,
  hold: Hold,
): AsyncGenerator<Buffer> {
  const header = readFrameHeader(start)
  if (header === undefined) throw truncated(path, queue.offset + start.length)
  if (header === null) throw damaged(path, queue.offset)
  if (header.dictionaryId !== 0) {
    const message = `The file was packed with a dictionary (${header.dictionaryId}), without which it cannot be read`
    throw notUnpacked(path, queue.offset, 'zstd-dictionary', message)
  }
  await hold(header.windowBytes)
  const engine = new ZlibEngine(createEngine(queue, path))
  try {
    yield* feedFrame(engine, queue, path, header)
    yield* engine.end()
  } catch (error) {
    if (isTooWide(error)) {
      const message = 'The file was packed with a window of more than 128 MiB, which is not read'
      throw notUnpacked(path, queue.offset, 'zstd-window', message)
    }
    throw translateZlibError(error, queue, path)
  } finally {
    engine.close()
  }
}

/** Node.js before 22.15 has no zstd: by a named import, nothing at all would be read there. */
function createEngine(queue: ByteQueue, path: string): zlib.ZstdDecompress {
  if (typeof zlib.createZstdDecompress === 'function') return zlib.createZstdDecompress(OPTIONS)
  const message = 'This looks like zstd, which the Node.js that runs here cannot read; 22.15 and later can'
  throw notUnpacked(path, queue.offset, 'compression-not-read', message)
}

async function* feedFrame(
  engine: ZlibEngine,
  queue: ByteQueue,
  path: string,
  header: FrameHeader,
): AsyncGenerator<Buffer> {
  const walker = new FrameWalker(header.hasChecksum)
  yield* engine.put(await queue.take(header.sizeBytes))
  while (!walker.hasEnded) {
    const chunk = await queue.next()
    if (chunk === undefined) throw truncated(path, queue.offset)
    const own = walker.walk(chunk)
    queue.unread(chunk.subarray(own))
    yield* engine.put(chunk.subarray(0, own))
    if (walker.isDamaged) throw damaged(path, queue.offset)
  }
}

async function skipFrame(queue: ByteQueue, path: string): Promise<void> {
  const head = await queue.take(8)
  if (head.length < 8) throw truncated(path, queue.offset)
  for (let left = head.readUInt32LE(4); left > 0; ) {
    const chunk = await queue.next()
    if (chunk === undefined) throw truncated(path, queue.offset)
    queue.unread(chunk.subarray(left))
    left -= Math.min(left, chunk.length)
  }
}

function beginsMagic(start: Buffer): boolean {
  const frame = [0x28, 0xb5, 0x2f]
  const skippable = [0x50, 0x2a, 0x4d]
  return (
    [...start].every((byte, index) => byte === frame[index]) ||
    [...start].every((byte, index) => (index === 0 ? byte >>> 4 === 5 : byte === skippable[index]))
  )
}

function isTooWide(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === 'ZSTD_error_frameParameter_windowTooLarge'
  )
}
