import 'server-only'
import { crc32, createGunzip, createInflateRaw } from 'node:zlib'
import type { ByteQueue } from '../byte-queue'
import { damaged, expectPadding, truncated } from './packed-faults'
import { ENGINE_OPTIONS, pump } from './zlib-engine'

const TRAILER_BYTES = 8
const MAX_HEADER_TEXT_BYTES = 64 * 1024

/**
 * Unpacks gzip of any number of members. The first member is walked by hand, so that what follows it can be told by its
 * place; further members go to zlib as one. Zero bytes after the last are padding, as tape tools write it.
 */
export async function* gunzip(queue: ByteQueue, path: string): AsyncGenerator<Buffer> {
  await skipHeader(queue, path)
  let crc = 0
  let size = 0
  for await (const chunk of pump(createInflateRaw(ENGINE_OPTIONS), queue, path)) {
    crc = crc32(chunk, crc)
    size = (size + chunk.length) >>> 0
    yield chunk
  }
  const trailer = await queue.take(TRAILER_BYTES)
  if (trailer.length < TRAILER_BYTES) throw truncated(path, queue.offset)
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size) throw damaged(path, queue.offset)
  const next = await queue.peek(2)
  if (isGzip(next)) yield* pump(createGunzip(ENGINE_OPTIONS), queue, path)
  else if (next.length === 1 && next[0] === 0x1f) throw truncated(path, queue.offset + 1)
  await expectPadding(queue, path, 'gzip')
}

/** Tells whether bytes begin a gzip member. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

async function skipHeader(queue: ByteQueue, path: string): Promise<void> {
  const head = await queue.take(10)
  if (head.length < 10) throw truncated(path, queue.offset)
  const flags = head[3] ?? 0
  // Deflate is the only method there is; the upper flags are reserved.
  if (head[2] !== 8 || (flags & 0xe0) !== 0) throw damaged(path, queue.offset)
  if ((flags & 4) !== 0) {
    const length = await queue.take(2)
    if (length.length < 2) throw truncated(path, queue.offset)
    await skip(queue, length.readUInt16LE(0), path)
  }
  if ((flags & 8) !== 0) await skipText(queue, path)
  if ((flags & 16) !== 0) await skipText(queue, path)
  if ((flags & 2) !== 0) await skip(queue, 2, path)
}

async function skip(queue: ByteQueue, length: number, path: string): Promise<void> {
  if (length > 0 && (await queue.take(length)).length < length) throw truncated(path, queue.offset)
}

async function skipText(queue: ByteQueue, path: string): Promise<void> {
  for (let skipped = 0; skipped <= MAX_HEADER_TEXT_BYTES; ) {
    const chunk = await queue.next()
    if (chunk === undefined) throw truncated(path, queue.offset)
    const end = chunk.indexOf(0)
    if (end >= 0) {
      queue.unread(chunk.subarray(end + 1))
      return
    }
    skipped += chunk.length
  }
  throw damaged(path, queue.offset)
}
