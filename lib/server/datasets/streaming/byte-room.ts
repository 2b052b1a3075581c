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
/** A longer text is written part by part. */
const PART_CHARS = 16 * 1024
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
  private room: Viewed | undefined
  private at = 0

  /** Whether there is enough to be worth sending. */
  get isEnough(): boolean {
    return this.at >= ENOUGH_BYTES || this.full.length > 0
  }

  /** Whether there is more than what usually waits to be sent. */
  get isMuch(): boolean {
    return this.full.length > 1
  }

  /** Hands out all that there is. */
  take(): Buffer[] {
    if (this.at > 0) this.seal()
    return this.full.splice(0)
  }

  addByte(byte: number): void {
    this.haveRoom(1).bytes[this.at++] = byte
  }

  addText(text: string): void {
    if (text.length > PART_CHARS) {
      for (const part of partsOf(text)) this.addText(part)
      return
    }
    const room = this.haveRoom(MOST_BYTES_PER_CHAR * text.length)
    this.at += room.bytes.write(text, this.at)
  }

  /** Adds a text in quotes, those in it doubled. */
  addQuoted(text: string): void {
    if (text.length > PART_CHARS) {
      this.addByte(QUOTE)
      for (const part of partsOf(text)) this.addWithin(part)
      this.addByte(QUOTE)
      return
    }
    // In one go, since most are short: two quotes stand around what may double.
    const room = this.haveRoom(2 * MOST_BYTES_PER_CHAR * text.length + 3)
    const start = this.at + 2 + MOST_BYTES_PER_CHAR * text.length
    const end = start + room.bytes.write(text, start)
    room.bytes[this.at] = QUOTE
    const to = doubleQuotes(room, start, end, room, this.at + 1)
    room.bytes[to] = QUOTE
    this.at = to + 1
  }

  /** Adds a part of a text that stands in quotes, those in it doubled. */
  private addWithin(text: string): void {
    // Each byte may be a quote to double.
    const room = this.haveRoom(2 * MOST_BYTES_PER_CHAR * text.length + 1)
    // Written behind all that it may grow to, so that no byte is overwritten before it was moved.
    const start = this.at + 1 + MOST_BYTES_PER_CHAR * text.length
    const end = start + room.bytes.write(text, start)
    this.at = doubleQuotes(room, start, end, room, this.at)
  }

  addBytes(source: Buffer, start: number, end: number): void {
    for (let from = start; from < end; ) {
      const copied = source.copy(this.haveRoom(1).bytes, this.at, from, end)
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
    const room = this.haveRoom(2 * (end - start) + 3)
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
      const room = this.haveRoom(2 * (to - from) + 1)
      this.at = doubleQuotes(source, from, to, room, this.at)
    }
  }

  /** A room is made when it is needed: who waits for a reader needs none. */
  private haveRoom(bytes: number): Viewed {
    if (this.at + bytes > ROOM_BYTES) this.seal()
    this.room ??= this.spare.pop() ?? makeRoom()
    return this.room
  }

  private seal(): void {
    const { room, spare } = this
    if (room === undefined) return
    const piece = room.bytes.subarray(0, this.at)
    this.full.push(
      whenSent(piece, () => {
        if (spare.length < MOST_SPARE_ROOMS) spare.push(room)
      }),
    )
    this.room = undefined
    this.at = 0
  }
}

const makeRoom = () => viewOf(Buffer.allocUnsafeSlow(ROOM_BYTES))

/** Parts of a text, none of which ends between the halves of a character. */
function* partsOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    let to = from + PART_CHARS
    const last = text.charCodeAt(to - 1)
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to--
    yield text.slice(from, to)
    from = to
  }
}
