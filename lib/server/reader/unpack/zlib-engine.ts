import 'server-only'
import type { Gunzip, InflateRaw, ZstdDecompress } from 'node:zlib'
import { Failure } from '#lib/domain/errors'
import { markSole } from '#lib/server/platform/sole-bytes'
import type { ByteQueue } from '../byte-queue'
import { damaged, truncated } from './packed-faults'

const CHUNK_BYTES = 64 * 1024

/** Settings of every engine: one chunk is held at a time, so that no failure overtakes what was unpacked before it. */
export const ENGINE_OPTIONS = { chunkSize: CHUNK_BYTES, readableHighWaterMark: 1 }

/**
 * Drives a decompressor of zlib piece by piece: all that one piece becomes is given before the next goes in, and nothing
 * is unpacked ahead of who reads. (Reading it as a stream loses what is buffered when a failure comes.)
 */
export class ZlibEngine {
  private failure: Error | undefined
  private wake: () => void = () => undefined

  constructor(private readonly engine: InflateRaw | Gunzip | ZstdDecompress) {
    const wake = () => this.wake()
    engine.on('readable', wake).on('end', wake).on('close', wake)
    engine.on('error', (error) => {
      this.failure ??= error
      this.wake()
    })
  }

  /** How much it has taken of what was put in; less than all once its data is complete. */
  get takenBytes(): number {
    return this.engine.bytesWritten
  }

  async *put(piece: Buffer): AsyncGenerator<Buffer> {
    let taken = false
    this.engine.write(piece, () => {
      taken = true
      this.wake()
    })
    yield* this.readUntil(() => taken)
  }

  /** Fails unless the data is complete. */
  async *end(): AsyncGenerator<Buffer> {
    this.engine.end()
    yield* this.readUntil(() => false)
  }

  close(): void {
    this.engine.destroy()
  }

  private async *readUntil(done: () => boolean): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = this.engine.read() as Buffer | null
      if (chunk !== null) {
        if (fillsItsMemory(chunk)) markSole(chunk)
        yield chunk
        continue
      }
      if (this.failure !== undefined) throw this.failure
      if (done() || this.engine.readableEnded) return
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }
}

/** An engine writes behind what it gave until its memory is full, and takes other memory then. */
function fillsItsMemory({ buffer, byteOffset, length }: Buffer): boolean {
  return buffer.byteLength === CHUNK_BYTES && byteOffset + length === CHUNK_BYTES
}

/** Unpacks what a queue holds up to the end of the compressed data; what stands behind it is given back. */
export async function* pump(
  stream: InflateRaw | Gunzip,
  queue: ByteQueue,
  path: string,
): AsyncGenerator<Buffer> {
  const engine = new ZlibEngine(stream)
  try {
    for (let fedBytes = 0; ; ) {
      const chunk = await queue.next()
      if (chunk === undefined) {
        yield* engine.end()
        return
      }
      fedBytes += chunk.length
      yield* engine.put(chunk)
      const left = fedBytes - engine.takenBytes
      if (left > 0) {
        queue.unread(chunk.subarray(chunk.length - left))
        return
      }
    }
  } catch (error) {
    throw translateZlibError(error, queue, path)
  } finally {
    engine.close()
  }
}

/** Says of an engine's error where the file is at fault; any other error is given back as it is. */
export function translateZlibError(error: unknown, queue: ByteQueue, path: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'Z_BUF_ERROR') return truncated(path, queue.offset)
  const isOfData = typeof error.code === 'string' && /^(Z_|ZSTD_)/.test(error.code)
  return isOfData ? damaged(path, queue.offset) : error
}
