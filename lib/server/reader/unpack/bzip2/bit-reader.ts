import 'server-only'
import type { Failure } from '#lib/domain/errors'
import type { ByteQueue } from '../../byte-queue'
import { damaged, truncated } from '../packed-faults'

/** A larger chunk is taken in parts, since what is left of one is copied before the next. */
const MAX_CHUNK_BYTES = 1024 * 1024
const EMPTY = Buffer.alloc(0)

/**
 * Reads bits, the highest of a byte first. `need` fetches bytes; everything else takes what is there and gives zeros behind
 * the end, which `check` tells. The fields are open to the loop that reads symbols, which works on copies of them.
 */
export class BitReader {
  bytes: Buffer = EMPTY
  /** The next byte that is not in `pool`. */
  at = 0
  /** The lowest `poolBits` bits of it are still to be read. */
  pool = 0
  poolBits = 0
  private ended = false

  constructor(
    private readonly queue: ByteQueue,
    private readonly path: string,
  ) {}

  /** The next bit of the packed data, by its number. */
  get place(): number {
    return (this.queue.offset - this.bytes.length + this.at) * 8 - this.poolBits
  }

  /** Fetches until so many bytes are at hand, or the input ends. */
  async need(count: number): Promise<void> {
    while (this.bytes.length - this.at < count && !this.ended) {
      const next = await this.queue.next()
      if (next === undefined) {
        this.ended = true
        return
      }
      this.queue.unread(next.subarray(MAX_CHUNK_BYTES))
      const chunk = next.subarray(0, MAX_CHUNK_BYTES)
      this.bytes = this.at >= this.bytes.length ? this.swap(chunk) : this.join(chunk)
      this.at = 0
    }
  }

  /** Reads up to 24 bits. */
  bits(count: number): number {
    while (this.poolBits < count) {
      this.pool = (this.pool << 8) | (this.bytes[this.at] ?? 0)
      this.at++
      this.poolBits += 8
    }
    this.poolBits -= count
    return (this.pool >>> this.poolBits) & ((1 << count) - 1)
  }

  /** Reads 32 bits, signed. */
  int32(): number {
    const high = this.bits(16)
    return (high << 16) | this.bits(16)
  }

  /** Throws when more was read than there is. */
  check(): void {
    if (this.at * 8 - this.poolBits > this.bytes.length * 8) throw truncated(this.path, this.queue.offset)
  }

  /** Skips to the next whole byte and gives back the bytes that were fetched ahead. */
  finish(): void {
    const next = this.at - (this.poolBits >> 3)
    this.queue.unread(this.bytes.subarray(next))
    this.bytes = EMPTY
    this.at = 0
    this.poolBits = 0
  }

  /** What to throw where the data contradicts itself: the input may have ended there, which explains it. */
  damage(message?: string): Failure {
    this.check()
    return damaged(this.path, this.queue.offset - Math.max(0, this.bytes.length - this.at), message)
  }

  private swap(chunk: Buffer): Buffer {
    // Zeros behind the end may have been read already: only the input's end leads there.
    return this.at > this.bytes.length ? chunk.subarray(this.at - this.bytes.length) : chunk
  }

  private join(chunk: Buffer): Buffer {
    return Buffer.concat([this.bytes.subarray(this.at), chunk])
  }
}
