import 'server-only'
import {
  type PartedRecord,
  printRecords,
  type RecordFormat,
  SOLE_EMPTY_CELL,
} from '#lib/domain/datasets/print-records'
import type { LineBytes, LinePart } from '../../reader/records'
import { ByteRoom } from './byte-room'
import { CopiedLines } from './copied-lines'
import { viewOf } from './double-quotes'

const LF = 10
const QUOTE = 34
const TAB = { byte: 9, needsQuotes: /[\t"\n\r]/ }

type Cells = readonly (string | null | undefined)[]

/**
 * Gathers records as the UTF-8 of what `printRecords` writes. Quotes are doubled among the bytes: texts that are put together
 * and encoded afterwards cost twice the time, and most of the memory that a stream takes.
 */
export class RecordBytes {
  private readonly room = new ByteRoom()
  private readonly printer
  /** Of the record whose parts are coming. */
  private open: PartedRecord | undefined
  private readonly isTsv: boolean

  constructor(format: RecordFormat, columns: readonly string[]) {
    this.printer = printRecords(format, columns)
    this.isTsv = format === 'tsv-excel-header' || format === 'tsv-excel-noheader'
    this.room.addText(this.printer.head())
  }

  add(cells: Cells): void {
    if (!this.isTsv) {
      this.room.addText(this.printer.record(cells))
      return
    }
    if (cells.length === 1 && !cells[0]) this.room.addText(SOLE_EMPTY_CELL)
    for (let place = 0; place < cells.length; place++) {
      if (place > 0) this.room.addByte(TAB.byte)
      const cell = cells[place]
      if (!cell) continue
      if (TAB.needsQuotes.test(cell)) this.room.addQuoted(cell)
      else this.room.addText(cell)
    }
    this.room.addByte(LF)
  }

  /** Whether lines can be added as bytes. */
  get takesLines(): boolean {
    return this.isTsv
  }

  /**
   * Adds lines from `first` on as records of one cell each, until there is enough to be worth sending; gives the first that is
   * left. No text is made of them.
   */
  addLines({ bytes, bounds }: LineBytes, first: number): number {
    const copied = new CopiedLines(bytes, this.room)
    const count = bounds.length / 2
    let quote = -1
    let tab = -1
    let index = first
    for (; index < count && !this.room.isEnough; index++) {
      const start = bounds[index * 2] as number
      const end = bounds[index * 2 + 1] as number
      if (quote < start) quote = placeOf(bytes, QUOTE, start)
      // Only of a line without a quote does it matter.
      if (quote >= end && tab < start) tab = placeOf(bytes, TAB.byte, start)
      if (quote >= end && tab >= end && end > start) copied.addPlain(start, end)
      else copied.addQuoted(start, end)
    }
    copied.end()
    return index
  }

  /** Adds a part of the record whose only text is at `place`. */
  addPart(place: number, { text, ascii }: Pick<LinePart, 'text' | 'ascii'>): void {
    if (this.open === undefined) {
      this.open = this.printer.inParts(place)
      this.room.addText(this.open.before)
    }
    if (this.isTsv && ascii !== undefined) this.room.addDoubled(viewOf(ascii), 0, ascii.length)
    else this.room.addText(this.open.part(text()))
  }

  /** Ends the record whose parts came last, if there is one. */
  endParts(): void {
    if (this.open !== undefined) this.room.addText(this.open.after)
    this.open = undefined
  }

  /** Whether there is enough to be worth sending. */
  get isEnough(): boolean {
    return this.room.isEnough
  }

  /** Whether there is more than what usually waits to be sent. */
  get isMuch(): boolean {
    return this.room.isMuch
  }

  /** Hands out all that there is. */
  take(): Buffer[] {
    return this.room.take()
  }
}

function placeOf(bytes: Buffer, byte: number, from: number): number {
  // In JSON a quote stands here, and most of the search would be the call.
  if (bytes[from + 1] === byte && bytes[from] !== byte) return from + 1
  const place = bytes.indexOf(byte, from)
  return place < 0 ? bytes.length : place
}
