import 'server-only'
import {
  type PartedRecord,
  printRecords,
  type RecordFormat,
  SOLE_EMPTY_CELL,
} from '#lib/domain/datasets/print-records'

/** What is handed out together, at most. */
const ROOM_BYTES = 96 * 1024
/** Enough to be worth sending. */
const ENOUGH_BYTES = 64 * 1024
const MOST_BYTES_PER_CHAR = 3

const TAB = 9
const LF = 10
const QUOTE = 34

const NEEDS_QUOTES = /[\t"\n\r]/

type Cells = readonly (string | null | undefined)[]

/**
 * Gathers records as the UTF-8 of what `printRecords` writes. Quotes are doubled among the bytes: texts that are put together
 * and encoded afterwards cost twice the time, and most of the memory that a stream takes.
 */
export class RecordBytes {
  private readonly full: Buffer[] = []
  private room = Buffer.allocUnsafeSlow(ROOM_BYTES)
  private at = 0
  private readonly printer
  /** Of the record whose parts are coming. */
  private open: PartedRecord | undefined
  private readonly isTsv: boolean

  constructor(format: RecordFormat, columns: readonly string[]) {
    this.printer = printRecords(format, columns)
    this.isTsv = format === 'tsv-excel-header' || format === 'tsv-excel-noheader'
    this.addText(this.printer.head())
  }

  add(cells: Cells): void {
    if (!this.isTsv) {
      this.addText(this.printer.record(cells))
      return
    }
    if (cells.length === 1 && !cells[0]) this.addText(SOLE_EMPTY_CELL)
    for (let place = 0; place < cells.length; place++) {
      if (place > 0) this.addByte(TAB)
      const cell = cells[place]
      if (cell) this.addCell(cell)
    }
    this.addByte(LF)
  }

  /** Adds a part of the record whose only text is at `place`. */
  addPart(place: number, text: string): void {
    if (this.open === undefined) {
      this.open = this.printer.inParts(place)
      this.addText(this.open.before)
    }
    this.addText(this.open.part(text))
  }

  /** Ends the record whose parts came last, if there is one. */
  endParts(): void {
    if (this.open !== undefined) this.addText(this.open.after)
    this.open = undefined
  }

  /** Whether there is enough to be worth sending. */
  get isEnough(): boolean {
    return this.at >= ENOUGH_BYTES || this.full.length > 0
  }

  /** Hands out all that there is. */
  take(): Buffer[] {
    if (this.at > 0) this.seal()
    return this.full.splice(0)
  }

  private addCell(cell: string): void {
    // Each byte may be a quote to double, and two stand around them.
    const mostBytes = 2 * MOST_BYTES_PER_CHAR * cell.length + 2
    if (mostBytes > ROOM_BYTES) {
      this.addText(NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
      return
    }
    this.makeRoom(mostBytes)
    const { room, at } = this
    if (!NEEDS_QUOTES.test(cell)) {
      this.at += room.write(cell, at)
      return
    }
    // Written behind all that it may grow to, so that no byte is overwritten before it was moved.
    const start = at + 2 + MOST_BYTES_PER_CHAR * cell.length
    this.at = quote(room, at, start, start + room.write(cell, start))
  }

  private addText(text: string): void {
    const mostBytes = MOST_BYTES_PER_CHAR * text.length
    if (mostBytes > ROOM_BYTES) {
      if (this.at > 0) this.seal()
      this.full.push(Buffer.from(text))
      return
    }
    this.makeRoom(mostBytes)
    this.at += this.room.write(text, this.at)
  }

  private addByte(byte: number): void {
    this.makeRoom(1)
    this.room[this.at++] = byte
  }

  private makeRoom(bytes: number): void {
    if (this.at + bytes > ROOM_BYTES) this.seal()
  }

  private seal(): void {
    this.full.push(this.room.subarray(0, this.at))
    this.room = Buffer.allocUnsafeSlow(ROOM_BYTES)
    this.at = 0
  }
}

/** Moves the text between `start` and `end` to `at`, in quotes, and gives the end of it there. */
function quote(bytes: Uint8Array, at: number, start: number, end: number): number {
  let to = at
  bytes[to++] = QUOTE
  for (let from = start; from < end; from++) {
    const byte = bytes[from] as number
    bytes[to++] = byte
    if (byte === QUOTE) bytes[to++] = QUOTE
  }
  bytes[to++] = QUOTE
  return to
}
