import 'server-only'
import type { Transform } from 'node:stream'
import { crc32, createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib'
import { Failure } from '#lib/domain/errors'
import type { ByteQueue } from './byte-queue'

const CHUNK_BYTES = 64 * 1024
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
  for await (const chunk of pump(createInflateRaw({ chunkSize: CHUNK_BYTES }), queue, path)) {
    crc = crc32(chunk, crc)
    size = (size + chunk.length) >>> 0
    yield chunk
  }
  const trailer = await queue.take(TRAILER_BYTES)
  if (trailer.length < TRAILER_BYTES) throw truncated(queue, path)
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size) throw damaged(queue, path)
  if (isGzip(await queue.peek(2))) yield* pump(createGunzip({ chunkSize: CHUNK_BYTES }), queue, path)
  await expectPadding(queue, path)
}

/** Tells whether bytes begin a gzip member. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Moves a queue through a decompressor as fast as its reader takes; bytes behind its end are given back. */
async function* pump(engine: InflateRaw | Gunzip, queue: ByteQueue, path: string): AsyncGenerator<Buffer> {
  const feeding = feed(engine, queue)
  feeding.catch((error: Error) => engine.destroy(error))
  try {
    for await (const chunk of engine as AsyncIterable<Buffer>) yield chunk
    await feeding
  } catch (error) {
    throw translateZlibError(error, queue, path)
  } finally {
    engine.destroy()
  }
}

async function feed(engine: InflateRaw | Gunzip, queue: ByteQueue): Promise<void> {
  let fedBytes = 0
  for (;;) {
    const chunk = await queue.next()
    if (chunk === undefined) {
      engine.end()
      return
    }
    fedBytes += chunk.length
    await write(engine, chunk)
    const left = fedBytes - engine.bytesWritten
    if (left > 0) {
      queue.unread(chunk.subarray(chunk.length - left))
      return
    }
  }
}

function write(engine: Transform, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.write(chunk, (error) => (error ? reject(error) : resolve()))
  })
}

async function skipHeader(queue: ByteQueue, path: string): Promise<void> {
  const head = await queue.take(10)
  if (head.length < 10) throw truncated(queue, path)
  const flags = head[3] ?? 0
  // Deflate is the only method there is; the upper flags are reserved.
  if (head[2] !== 8 || (flags & 0xe0) !== 0) throw damaged(queue, path)
  if ((flags & 4) !== 0) {
    const length = await queue.take(2)
    if (length.length < 2) throw truncated(queue, path)
    await skip(queue, length.readUInt16LE(0), path)
  }
  if ((flags & 8) !== 0) await skipText(queue, path)
  if ((flags & 16) !== 0) await skipText(queue, path)
  if ((flags & 2) !== 0) await skip(queue, 2, path)
}

async function skip(queue: ByteQueue, length: number, path: string): Promise<void> {
  if (length > 0 && (await queue.take(length)).length < length) throw truncated(queue, path)
}

async function skipText(queue: ByteQueue, path: string): Promise<void> {
  for (let skipped = 0; skipped <= MAX_HEADER_TEXT_BYTES; ) {
    const chunk = await queue.next()
    if (chunk === undefined) throw truncated(queue, path)
    const end = chunk.indexOf(0)
    if (end >= 0) {
      queue.unread(chunk.subarray(end + 1))
      return
    }
    skipped += chunk.length
  }
  throw damaged(queue, path)
}

async function expectPadding(queue: ByteQueue, path: string): Promise<void> {
  for (;;) {
    const { offset } = queue
    const chunk = await queue.next()
    if (chunk === undefined) return
    const at = chunk.findIndex((byte) => byte !== 0)
    if (at < 0) continue
    throw new Failure('validation_failed', 'After the compressed data follows something that is not gzip', {
      reason: 'trailing-garbage',
      where: path,
      offset: offset + at,
      remedy: 'What stands before it has been read; write the file again, or leave it out.',
    })
  }
}

function translateZlibError(error: unknown, queue: ByteQueue, path: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'Z_BUF_ERROR') return truncated(queue, path)
  return typeof error.code === 'string' && error.code.startsWith('Z_') ? damaged(queue, path) : error
}

function truncated(queue: ByteQueue, path: string): Failure {
  return new Failure('validation_failed', 'The compressed data ends too soon: the file was cut short', {
    reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA',
    where: path,
    offset: queue.offset,
    remedy: 'Write the file again, or leave it out.',
  })
}

function damaged(queue: ByteQueue, path: string): Failure {
  return new Failure('validation_failed', 'The compressed data is damaged', {
    reason: 'damaged-compressed-data',
    where: path,
    offset: queue.offset,
    remedy: 'Write the file again, or leave it out.',
  })
}
