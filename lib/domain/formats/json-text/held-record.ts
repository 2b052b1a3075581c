import { excerptOf, type HeldSizes, HeldText } from './held-text'
import { LastLine } from './last-line'

/** The text of a record whose end has not come. Where it is not held, the last line of it is. */
export class HeldRecord {
  private readonly whole: HeldText
  private line: LastLine | undefined
  private tail = ''
  /** UTF-16 units behind the end of the record that were taken for a part of it. */
  private charsBehind = 0

  /** A line of it that begins no further right than `column` may be another record. */
  constructor(
    private readonly column: number,
    private readonly sizes: HeldSizes,
  ) {
    this.whole = new HeldText(sizes)
  }

  get chars(): number {
    return this.whole.chars - this.charsBehind
  }

  /** What is in memory, in UTF-16 units, without the begin of what is too large. */
  get heldChars(): number {
    if (!this.whole.isTooLarge) return this.chars
    return this.line?.heldChars ?? 0
  }

  /** Only the begin of it is kept. */
  get isCut(): boolean {
    return this.whole.isTooLarge && this.chars > this.sizes.shown
  }

  get firstCode(): number {
    return this.whole.firstCode
  }

  add(part: string): void {
    if (this.whole.chars + part.length > this.sizes.most) this.line ??= this.lookAt(this.whole.text())
    this.line?.add(part)
    this.whole.add(part)
    this.tail = excerptOf(this.tail + part)
  }

  /** The whole text, or the begin of it. */
  text(): string {
    return this.charsBehind === 0 ? this.whole.text() : this.whole.text().slice(0, this.chars)
  }

  /** The end of it, and what follows there: an excerpt for people. */
  excerpt(following: string): string {
    return excerptOf(this.tail + following)
  }

  /** The first of what there is, as long as that is held: at most as many UTF-16 units as are held of any record. */
  get heldText(): string | undefined {
    return this.whole.isTooLarge ? undefined : this.whole.text()
  }

  /** How many more UTF-16 units are held of it. */
  get room(): number {
    return Math.max(0, this.sizes.most - this.whole.chars)
  }

  /** Ends it at a place in what is held. */
  endAt(place: number): void {
    this.charsBehind = this.whole.chars - place
  }

  /** Ends it before its last line where that is a whole object or array, and gives that one. */
  endBeforeLastLine(): LastLine['found'] {
    const line = this.line ?? this.lookAt(this.whole.text())
    const { found } = line
    if (found !== undefined) this.charsBehind = found.value.chars + found.behind.chars
    return found
  }

  private lookAt(text: string): LastLine {
    const line = new LastLine(this.column, this.sizes)
    line.add(text)
    return line
  }
}
