import 'server-only'
import { isUtf8 } from 'node:buffer'
import { Failure } from '#lib/domain/errors'
import { freeSole, isSole } from '#lib/server/platform/sole-bytes'
import type { LargeRecords } from '../large-records'
import { type LongLine, OversizeLine, PartedLine } from '../long-lines'
import type { LineBytes, RecordBatch } from '../records'

export interface LineLimits {
  path: string
  /** UTF-16 units; 0 = none. */
  maxLineChars: number
  /** A longer record is not held; 8 MiB unless told. */
  maxHeldBytes?: number
  /** Gives a record that is too large to hold in parts, as they come, instead of its beginning alone. */
  inParts?: boolean
  /** Each batch is done with when the next is asked for, and its memory may be given back. */
  inTurn?: boolean | undefined
  /** Is told how much is held of a record whose end has not come. */
  largeRecords?: LargeRecords | undefined
  /** Number of the first record, 1 unless told. */
  firstRecord?: number
}

const MAX_HELD_BYTES = 8 * 1024 * 1024
/** Larger chunks are cut, so that a record inside of one is never too large to hold. */
const MAX_CHUNK_BYTES = 1024 * 1024
/** Of short lines, and more so of what is made of each, many times the bytes would be held. */
const MOST_LINES = 1_024

const LF = 10
const CR = 13

const NOTHING = Buffer.alloc(0)

/** Splits UTF-8 into lines ended by `\n`, `\r\n` or `\r`; a last line without an end counts, an empty file has none. */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  limits: LineLimits,
): AsyncGenerator<RecordBatch> {
  const splitter = new LineSplitter(limits)
  const size = Math.min(MAX_CHUNK_BYTES, limits.maxHeldBytes ?? MAX_HELD_BYTES)
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += size) {
      yield* splitter.push(chunk.length <= size ? chunk : chunk.subarray(at, at + size))
      await limits.largeRecords?.hold(splitter.openBytes)
    }
  }
  yield* splitter.end()
}

class LineSplitter {
  private readonly maxHeldBytes: number
  private nextRecord: number
  /** The beginning of a record whose end has not come. */
  private held: Buffer[] = []
  private heldBytes = 0
  private long: LongLine | undefined
  private afterCr = false

  constructor(private readonly limits: LineLimits) {
    this.maxHeldBytes = limits.maxHeldBytes ?? MAX_HELD_BYTES
    this.nextRecord = limits.firstRecord ?? 1
  }

  /** Bytes that are held of a record whose end has not come. */
  get openBytes(): number {
    return this.long === undefined ? this.heldBytes : 0
  }

  *push(chunk: Buffer): Generator<RecordBatch> {
    let from = 0
    if (this.afterCr && chunk.length > 0) {
      this.afterCr = false
      if (chunk[0] === LF) from = 1
    }
    const end = firstEnd(chunk, from)
    if (end < 0) {
      yield* this.hold(from === 0 ? chunk : chunk.subarray(from))
      return
    }
    if (this.heldBytes > 0) {
      // A batch of its own: joining the whole chunk to it would copy all that is read.
      yield* this.hold(chunk.subarray(from, end))
      yield* this.finish()
      from = this.afterEnd(chunk, end)
    }
    const next = from > end ? firstEnd(chunk, from) : end
    if (next < 0) yield* this.hold(chunk.subarray(from))
    else yield* this.splitWhole(chunk, from, next)
  }

  *end(): Generator<RecordBatch> {
    if (this.heldBytes > 0 || this.long !== undefined) yield* this.finish()
  }

  /** Splits bytes whose first line end is known. */
  private *splitWhole(bytes: Buffer, start: number, firstLineEnd: number): Generator<RecordBatch> {
    let bounds: number[] = []
    let from = start
    let lf = bytes.indexOf(LF, firstLineEnd)
    let cr = bytes.indexOf(CR, firstLineEnd)
    while (lf >= 0 || cr >= 0) {
      const end = cr < 0 || (lf >= 0 && lf < cr) ? lf : cr
      bounds.push(from, end)
      from = this.afterEnd(bytes, end)
      if (bounds.length === 2 * MOST_LINES) {
        yield* this.checked(new LineBatch(bytes, bounds, this.nextRecord))
        bounds = []
      }
      if (lf >= 0 && lf < from) lf = bytes.indexOf(LF, from)
      if (cr >= 0 && cr < from) cr = bytes.indexOf(CR, from)
    }
    if (bounds.length > 0) yield* this.checked(new LineBatch(bytes, bounds, this.nextRecord))
    const rest = bytes.subarray(from)
    if (this.limits.inTurn && isSole(bytes)) {
      yield* this.hold(Buffer.from(rest))
      freeSole(bytes)
    } else yield* this.hold(rest)
  }

  /** The place behind a line end; a `\n` behind a `\r` may still come with the next chunk. */
  private afterEnd(bytes: Buffer, end: number): number {
    if (bytes[end] === LF) return end + 1
    if (end + 1 === bytes.length) this.afterCr = true
    return bytes[end + 1] === LF ? end + 2 : end + 1
  }

  private *hold(bytes: Buffer): Generator<RecordBatch> {
    if (bytes.length === 0) return
    this.heldBytes += bytes.length
    if (this.long === undefined && this.heldBytes <= this.maxHeldBytes) {
      this.held.push(bytes)
      return
    }
    const { held, limits, nextRecord } = this
    this.held = []
    this.long ??= limits.inParts ? new PartedLine(nextRecord) : new OversizeLine(nextRecord)
    for (const part of [...held, bytes]) {
      const batch = this.long.add(part)
      this.checkLength(this.long.chars, nextRecord, true)
      if (batch !== undefined) yield batch
      if (limits.inTurn) freeSole(part)
    }
  }

  /** Ends the record that is held or too large for it. */
  private *finish(): Generator<RecordBatch> {
    const { long } = this
    if (long === undefined) {
      yield* this.checked(this.takeHeld())
      return
    }
    this.heldBytes = 0
    this.long = undefined
    const batch = long.end()
    this.checkLength(long.chars, this.nextRecord, false)
    this.nextRecord++
    yield batch
  }

  private takeHeld(): LineBatch {
    const bytes = Buffer.concat(this.held)
    this.held = []
    this.heldBytes = 0
    return new LineBatch(bytes, [0, bytes.length], this.nextRecord)
  }

  /** Gives a batch, or of one with a line too long the records before it: they do not depend on how the bytes are cut. */
  private *checked(batch: LineBatch): Generator<RecordBatch> {
    const long = this.findTooLong(batch)
    this.nextRecord += batch.count
    if (long !== 0) yield long < 0 ? batch : batch.take(long)
    if (long >= 0) this.checkLength(batch.text(long).length, batch.firstRecord + long, false)
  }

  /** The first line of a batch that is longer than allowed; -1 if there is none. */
  private findTooLong(batch: LineBatch): number {
    const { maxLineChars } = this.limits
    // There are never more characters than bytes.
    if (maxLineChars === 0 || batch.longestBytes() <= maxLineChars) return -1
    for (let index = 0; index < batch.count; index++) {
      if (batch.bytesOf(index) > maxLineChars && batch.text(index).length > maxLineChars) return index
    }
    return -1
  }

  private checkLength(chars: number, record: number, more: boolean): void {
    const { maxLineChars, path } = this.limits
    if (maxLineChars === 0 || chars <= maxLineChars) return
    const length = more ? `more than ${maxLineChars}` : String(chars)
    throw new Failure(
      'validation_failed',
      `Record ${record} has ${length} characters; ${maxLineChars} are allowed`,
      {
        reason: 'ERR_FORMAT_LINE_TOO_LARGE',
        where: path,
        remedy: 'Raise Maximum characters per line, or choose another charset or compression.',
        facts: more ? { record, maxLineChars } : { record, chars, maxLineChars },
      },
    )
  }
}

/** Lines as places in the bytes of a chunk. */
class LineBatch implements RecordBatch {
  constructor(
    private buffer: Buffer,
    /** Start and end of each, in turn. */
    private bounds: number[],
    readonly firstRecord: number,
  ) {}

  get count(): number {
    return this.bounds.length / 2
  }

  text(index: number): string {
    return this.buffer.toString('utf8', this.bounds[index * 2] ?? 0, this.bounds[index * 2 + 1] ?? 0)
  }

  cells(index: number): (string | null)[] {
    return [this.text(index)]
  }

  lineBytes(): LineBytes | undefined {
    const { buffer: bytes, bounds } = this
    return isUtf8(bytes.subarray(bounds[0] ?? 0, bounds.at(-1) ?? 0)) ? { bytes, bounds } : undefined
  }

  tooLarge(): undefined {
    return undefined
  }

  unparsed(): undefined {
    return undefined
  }

  release(): void {
    this.buffer = NOTHING
    this.bounds = []
  }

  take(count: number): RecordBatch {
    return new LineBatch(this.buffer, this.bounds.slice(0, count * 2), this.firstRecord)
  }

  bytesOf(index: number): number {
    return (this.bounds[index * 2 + 1] ?? 0) - (this.bounds[index * 2] ?? 0)
  }

  longestBytes(): number {
    let longest = 0
    for (let index = 0; index < this.count; index++) longest = Math.max(longest, this.bytesOf(index))
    return longest
  }
}

function firstEnd(bytes: Buffer, from: number): number {
  const lf = bytes.indexOf(LF, from)
  const cr = bytes.subarray(0, lf < 0 ? bytes.length : lf).indexOf(CR, from)
  return cr < 0 ? lf : cr
}
