import type { JsonDocument } from './document'
import { HeldRecord } from './held-record'
import { excerptOf, firstOf, type HeldSizes } from './held-text'
import type { JsonSink } from './json-sink'
import type { WholeLine } from './last-line'
import type { PassedPlace } from './line-position'
import { skipBlanksBack } from './tokens'

/** The record whose end has not come, if there is one: where it begins, and what is held of it from earlier pieces. */
export class OpenRecord {
  begin: PassedPlace = { line: 1, column: 0, isIndent: true, afterCr: false }
  isBroken = false
  /** Where in this piece it goes on, behind what is held of it; -1 while none is open. */
  private start = -1
  private held: HeldRecord | undefined
  private isKnownLarge = false

  constructor(
    private readonly document: JsonDocument,
    private readonly sink: JsonSink,
    private readonly sizes: HeldSizes,
  ) {}

  get isOpen(): boolean {
    return this.start >= 0
  }

  /** UTF-16 units in memory of it; undefined while nothing is held. */
  get heldChars(): number | undefined {
    return this.held?.heldChars
  }

  /** The first of what there is, as long as that is held. */
  get heldText(): string | undefined {
    return this.held?.heldText
  }

  /** Begins at a place in this piece. */
  open(at: number, begin: PassedPlace): void {
    this.start = at
    this.begin = begin
    this.isBroken = false
    this.isKnownLarge = false
  }

  /** Of the first character of it. */
  firstCode(text: string): number {
    return this.held === undefined ? text.charCodeAt(this.start) : this.held.firstCode
  }

  /** The text before a place in this piece, and what follows there: an excerpt for people. */
  excerpt(text: string, at: number): string {
    const seen = text.slice(this.start, at + 1)
    return this.held?.excerpt(seen) ?? excerptOf(seen)
  }

  /** Whether it is too large to be held, now that it was scanned up to a place; true the first time only. */
  becomesTooLarge(at: number): boolean {
    const chars = (this.held?.chars ?? 0) + at - this.start
    if (this.isKnownLarge || chars <= this.sizes.most) return false
    this.isKnownLarge = true
    return true
  }

  /** Holds what comes before a place in this piece. */
  holdTo(text: string, at: number): void {
    this.hold(text.slice(this.start, at))
    this.start = at
  }

  /** Holds as much as is held of any record; gives the place behind that. */
  holdMost(text: string): number {
    const end = this.start + (this.held?.room ?? this.sizes.most)
    this.holdTo(text, end)
    return end
  }

  /** Holds the rest of the piece, so that it goes on at the begin of the next one. */
  endPiece(text: string): void {
    if (!this.isOpen) return
    this.hold(text.slice(this.start))
    this.start = 0
  }

  /** Ends it at a place in what is held, where another piece begins. */
  endAt(place: number): void {
    this.held?.endAt(place)
    this.start = 0
  }

  /** Ends it before the last line of what is held where that is a whole object or array, and gives that one. */
  endBeforeLastLine(): WholeLine | undefined {
    return this.held?.endBeforeLastLine()
  }

  /** Ends it at a place in this piece, and gives it on. */
  finish(text: string, end: number, isTooDeep: boolean): void {
    const { isBroken, held, start } = this
    held?.add(text.slice(start, end))
    const chars = held?.chars ?? end - start
    const isTooLarge = held?.isCut ?? chars > this.sizes.most
    const isInPiece = held === undefined && !isTooLarge
    const source = isInPiece ? text : (held?.text() ?? firstOf(text.slice(start, end), this.sizes))
    this.start = -1
    this.held = undefined
    this.document.endValue()
    this.sink.takeRecord({
      source,
      start: isInPiece ? start : 0,
      end: skipBlanksBack(source, isInPiece ? end : source.length),
      isBroken,
      isTooDeep: !isBroken && isTooDeep,
      tooLargeChars: isTooLarge ? chars : undefined,
      at: start,
    })
  }

  private hold(part: string): void {
    if (this.held === undefined) {
      const { isIndent, column } = this.begin
      const mostLeft = isIndent || !this.document.isOpen ? column : this.document.column
      this.held = new HeldRecord(mostLeft, this.sizes)
      this.sink.beginHolding(this.start)
    }
    this.held.add(part)
  }
}
