import type { JsonSink } from './json-sink'
import { LinePosition } from './line-position'
import { NextRecords } from './next-record'
import type { NextRecordRule } from './record-lines'

/** A line in what was read, to begin with once more. */
export interface LineAgain {
  /** All that was read from its first character that is not blank. */
  read: string
  /** From 1. */
  line: number
  /** Blanks before it on its line. */
  column: number
}

/** The piece of the text that is scanned, and the lines in it. What was read earlier may become its begin once more. */
export class ScannedPiece {
  text = ''
  readonly position = new LinePosition()
  /** What is known of the begin that is scanned once more, and the length that the piece had with it. */
  private again: { records: NextRecords; pieceChars: number } | undefined

  constructor(private readonly sink: Pick<JsonSink, 'scanAgain'>) {}

  /** Has what was read scanned once more, and then the rest of the piece; a rule tells the records in what was read. */
  scanAgain({ read, line, column }: LineAgain, rest: string, rule?: NextRecordRule): void {
    this.text = read + rest
    this.sink.scanAgain(this.text)
    this.position.goBack({ line, column, isIndent: true, afterCr: false }, 0)
    if (rule !== undefined)
      this.again = { records: new NextRecords(read, rule), pieceChars: this.text.length }
  }

  /** Where the next record begins in what is scanned once more; the end of the piece if nothing tells. */
  nextAgain(at: number): number {
    if (this.again === undefined) return this.text.length
    const { records, pieceChars } = this.again
    // Both end at the same place.
    const moved = this.text.length - pieceChars
    const next = records.after(at - moved)
    return next < records.chars ? next + moved : this.text.length
  }

  end(): void {
    this.again = undefined
    this.position.endPiece(this.text)
  }
}
