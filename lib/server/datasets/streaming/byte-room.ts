import 'server-only'
import { whenSent } from '../../platform/sent-bytes'
import { doubleQuotes, type Viewed, viewOf } from './double-quotes'

/** What is handed out together, at most. */
const ROOM_BYTES = 192 * 1024
/** Enough to be worth sending. */
const ENOUGH_BYTES = 160 * 1024
const MOST_BYTES_PER_CHAR = 3
/** So that quotes of all its bytes fit. */
const QUOTED_AT_ONCE_BYTES = 16 * 1024
const QUOTE = 34
const LF = 10

/** Rooms that wait to be written to again; a reader who keeps pace has one on its way and one that is being filled. */
const MOST_SPARE_ROOMS = 1

/**
 * Gathers texts and bytes as bytes, in pieces that are worth sending. What was sent is written to again: memory that is taken
 * anew for each piece has V8 look through all that it holds, many times for each gigabyte.
 */
export class ByteRoom {
  private readonly full: Buffer[] = []
  /** Only of this stream, so that nothing of another can be in them. */
  private readonly spare: Viewed[] = []
  private room = makeRoom()
  private at = 0

  /** Whether there is enough to be worth sending. */
  get isEnough(): boolean {
    return this.at >= ENOUGH_BYTES || this.full.length > 0
  }

  /** Hands out all that there is. */
  take(): Buffer[] {
    if (this.at > 0) this.seal()
    return this.full.splice(0)
  }

  addByte(byte: number): void {
    this.haveRoom(1)
    this.room.bytes[this.at++] = byte
  }

  addText(text: string): void {
    const mostBytes = MOST_BYTES_PER_CHAR * text.length
    if (mostBytes > ROOM_BYTES) {
      if (this.at > 0) this.seal()
      this.full.push(Buffer.from(text))
      return
    }
    this.haveRoom(mostBytes)
    this.at += this.room.bytes.write(text, this.at)
  }

  /** Adds a text in quotes, those in it doubled. */
  addQuoted(text: string): void {
    // Each byte may be a quote to double, and two stand around them.
    const mostBytes = 2 * MOST_BYTES_PER_CHAR * text.length + 3
    if (mostBytes > ROOM_BYTES) {
      this.addText(`"${text.replaceAll('"', '""')}"`)
      return
    }
    this.haveRoom(mostBytes)
    const { room, at } = this
    // Written behind all that it may grow to, so that no byte is overwritten before it was moved.
    const start = at + 2 + MOST_BYTES_PER_CHAR * text.length
    const end = start + room.bytes.write(text, start)
    room.bytes[at] = QUOTE
    this.at = doubleQuotes(room, start, end, room, at + 1)
    this.addByte(QUOTE)
  }

  addBytes(source: Buffer, start: number, end: number): void {
    for (let from = start; from < end; ) {
      this.haveRoom(1)
      const copied = source.copy(this.room.bytes, this.at, from, end)
      this.at += copied
      from += copied
    }
  }

  /** Adds a line in quotes, those in it doubled, and its end. */
  addQuotedLine(source: Viewed, start: number, end: number): void {
    if (end - start > QUOTED_AT_ONCE_BYTES) {
      this.addByte(QUOTE)
      this.addDoubled(source, start, end)
      this.addByte(QUOTE)
      this.addByte(LF)
      return
    }
    this.haveRoom(2 * (end - start) + 3)
    const { room } = this
    room.bytes[this.at] = QUOTE
    const to = doubleQuotes(source, start, end, room, this.at + 1)
    room.bytes[to] = QUOTE
    room.bytes[to + 1] = LF
    this.at = to + 2
  }

  /** Adds bytes, the quotes among them doubled. */
  addDoubled(source: Viewed, start: number, end: number): void {
    for (let from = start; from < end; from += QUOTED_AT_ONCE_BYTES) {
      const to = Math.min(end, from + QUOTED_AT_ONCE_BYTES)
      this.haveRoom(2 * (to - from) + 1)
      this.at = doubleQuotes(source, from, to, this.room, this.at)
    }
  }

  private haveRoom(bytes: number): void {
    if (this.at + bytes > ROOM_BYTES) this.seal()
  }

  private seal(): void {
    const { room, spare } = this
    const piece = room.bytes.subarray(0, this.at)
    this.full.push(
      whenSent(piece, () => {
        if (spare.length < MOST_SPARE_ROOMS) spare.push(room)
      }),
    )
    this.room = spare.pop() ?? makeRoom()
    this.at = 0
  }
}

const makeRoom = () => viewOf(Buffer.allocUnsafeSlow(ROOM_BYTES))
