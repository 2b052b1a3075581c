import 'server-only'
import { Failure } from '#lib/domain/errors'
import { CountedBytes } from './counted-bytes'
import type { LargeRecords } from './large-records'
import type { ReadFacts } from './records'

/** How far a reading may go; what is left out is not limited. */
export interface ReadLimits {
  maxBytesIn?: number
  /** After decompression: what a small file may grow to. */
  maxBytesOut?: number
  /**
   * Of one page of a file that is read by ranges, and of all that its columns hold at once. A reading with `maxHeldBytes` is
   * one of few that hold pages, or unpack with a long memory, at the same time in this process: its records have to be taken
   * as they come.
   */
  maxPageBytes?: number
  maxHeldBytes?: number
  /** Bytes out per byte in, looked at after the first MiB out; deflate itself reaches 1032. */
  maxRatio?: number
  /** From the first byte on. */
  deadlineMs?: number
  /** Ends the reading without a failure. */
  maxRecords?: number
  /** What a record with a fault does: ends the reading (unless told), or is kept and told among the problems. */
  recordFaults?: 'fail' | 'keep'
  /** What content does that is no text where text should stand: ends the reading, or is read all the same (unless told). */
  binary?: 'fail' | 'keep'
  /** What a line too long to hold becomes: its beginning alone (unless told), or parts of it as they come, and less is held. */
  longLines?: 'shorten' | 'parts'
  /** Each batch is done with when the next is asked for: its memory may be given back then, and is empty from then on. */
  inTurn?: boolean
  /** Is told how much is held of a record whose end has not come, and has the reading wait. */
  largeRecords?: LargeRecords
  /**
   * The reading rests when nothing was asked for so long: it holds little then, and goes back to its place afterwards. Of those
   * that hold most, few read at the same time in this process. Bytes at hand have to be there again.
   */
  restAfterMs?: number
}

const RATIO_FROM_BYTES = 1024 * 1024

/** Counts the bytes of one reading and ends it at its limits: decompressors do not limit themselves. */
export class Meter {
  private readonly counted = new CountedBytes()

  constructor(
    private readonly limits: ReadLimits,
    private readonly facts: ReadFacts,
  ) {}

  /** Counts bytes that stand in the file from `start` on; what was counted before is not counted again. */
  async *countIn(bytes: AsyncIterable<Uint8Array>, start: number): AsyncGenerator<Buffer> {
    let offset = start
    for await (const chunk of bytes) {
      this.facts.bytesIn += this.counted.add(offset, offset + chunk.length)
      offset += chunk.length
      this.hold('bytes-in', this.facts.bytesIn, this.limits.maxBytesIn, 'is larger than')
      yield asBuffer(chunk)
    }
  }

  /** `holdOn` throws when the reading has to end: little input may become much that is no record yet. */
  async *countOut(bytes: AsyncIterable<Buffer>, holdOn: () => void): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      holdOn()
      const { facts, limits } = this
      facts.bytesOut += chunk.length
      this.hold('bytes-out', facts.bytesOut, limits.maxBytesOut, 'unpacks to more than')
      if (facts.bytesOut > RATIO_FROM_BYTES) this.holdRatio(facts.bytesOut / facts.bytesIn)
      yield chunk
    }
  }

  /** Counts what became of bytes that are not unpacked as a stream. */
  addOut(bytes: number): void {
    this.facts.bytesOut += bytes
    this.hold('bytes-out', this.facts.bytesOut, this.limits.maxBytesOut, 'unpacks to more than')
  }

  private hold(reason: string, bytes: number, limit: number | undefined, words: string): void {
    if (limit === undefined || bytes <= limit) return
    throw this.exceeded(reason, `The file ${words} ${limit} bytes, which is the limit here`, limit)
  }

  private holdRatio(ratio: number): void {
    const { maxRatio } = this.limits
    if (maxRatio === undefined || ratio <= maxRatio) return
    throw this.exceeded('ratio', `The file unpacks to more than ${maxRatio} times its size`, maxRatio)
  }

  private exceeded(reason: string, message: string, limit: number): Failure {
    const { path, bytesIn, bytesOut, records } = this.facts
    return new Failure('limit_exceeded', message, {
      reason,
      where: path,
      offset: bytesIn,
      remedy: 'Read less of it, or split the file.',
      facts: { limit, bytesIn, bytesOut, records },
    })
  }
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

/** Gives the chunks of a source until a signal ends them, even while one is waited for. */
export async function* untilAborted(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  ended: () => Failure,
): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]()
  // One listener for all chunks: racing each against a promise that stays would collect reactions on it.
  let rejectNow: (reason: Failure) => void = () => undefined
  const abort = () => rejectNow(ended())
  signal.addEventListener('abort', abort)
  try {
    for (;;) {
      if (signal.aborted) throw ended()
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        rejectNow = reject
        source.next().then(resolve, reject)
      })
      if (next.done === true) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', abort)
    // Not awaited: a source that hangs cannot hold back who leaves it.
    source.return?.()?.then(undefined, () => undefined)
  }
}
