import 'server-only'
import type { ByteRoom } from './byte-room'
import { type Viewed, viewOf } from './double-quotes'
import { QuotedLines } from './quoted-lines'

const LF = 10

/** Plain lines are copied together up to here, so that what was gathered is seen to be enough in time. */
const COPIED_AT_ONCE_BYTES = 16 * 1024

/** Copies lines of some bytes to a room, those that stand together at once, until `end`. */
export class CopiedLines {
  private readonly source: Viewed
  private readonly quoted: QuotedLines
  /** What is to be copied as it stands, up to a line end. */
  private plainStart = 0
  private plainEnd = 0

  constructor(
    private readonly bytes: Buffer,
    private readonly room: ByteRoom,
  ) {
    this.source = viewOf(bytes)
    this.quoted = new QuotedLines(bytes)
  }

  /** Adds a line as it stands, and its end. */
  addPlain(start: number, end: number): void {
    const { bytes, room } = this
    this.copyQuoted()
    if (bytes[end] !== LF) {
      this.copyPlain()
      room.addBytes(bytes, start, end)
      room.addByte(LF)
      return
    }
    if (this.plainEnd !== start) {
      this.copyPlain()
      this.plainStart = start
    }
    this.plainEnd = end + 1
    if (this.plainEnd - this.plainStart >= COPIED_AT_ONCE_BYTES) this.copyPlain()
  }

  /** Adds a line in quotes, those in it doubled, and its end. */
  addQuoted(start: number, end: number): void {
    this.copyPlain()
    if (this.quoted.add(start, end)) {
      if (this.quoted.isEnough) this.copyQuoted()
      return
    }
    this.copyQuoted()
    this.room.addQuotedLine(this.source, start, end)
  }

  end(): void {
    this.copyPlain()
    this.copyQuoted()
  }

  private copyPlain(): void {
    this.room.addBytes(this.bytes, this.plainStart, this.plainEnd)
    this.plainStart = this.plainEnd
  }

  private copyQuoted(): void {
    const quoted = this.quoted.take()
    if (quoted !== undefined) this.room.addBytes(quoted, 0, quoted.length)
  }
}
