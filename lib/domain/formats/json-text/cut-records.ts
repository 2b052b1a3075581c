import type { JsonDocument } from './document'
import { excerptOf } from './held-text'
import type { WholeLine } from './last-line'
import { countLineEnds } from './line-position'
import { findNextRecord } from './next-record'
import type { OpenRecord } from './open-record'
import type { NextRecordRule, RecordLines } from './record-lines'
import type { ScannedPiece } from './scanned-piece'

/**
 * Ends records that were cut before those on the lines behind them, which were taken for parts of them, and has these scanned
 * once more as what they are.
 */
export class CutRecords {
  constructor(
    private readonly document: JsonDocument,
    private readonly piece: ScannedPiece,
    private readonly record: OpenRecord,
    private readonly lines: RecordLines,
  ) {}

  /**
   * Ends the open record, in which a fault was found at a place, before the first line in it that begins another one of its
   * list, and has the piece begin there. Gives an excerpt of its end; undefined where no line is known for one.
   */
  endBroken(text: string, at: number): string | undefined {
    const { document, piece, record } = this
    piece.position.moveTo(text, at)
    if (!document.isList || record.begin.line === piece.position.line) return undefined
    record.holdTo(text, at)
    const held = record.heldText
    if (held === undefined) return undefined
    const rule = this.lines.ruleInBroken(record.begin, document.column, held)
    return this.endBeforeNext(held, text.slice(at), rule)
  }

  /** Does the same for a record that is becoming too large, whether or not a fault follows. */
  endLarge(text: string): string | undefined {
    const { document, record } = this
    if (!document.isList) return undefined
    const end = record.holdMost(text)
    const held = record.heldText
    if (held === undefined) return undefined
    const rule = this.lines.ruleInLarge(record.begin, document.column, held)
    return this.endBeforeNext(held, text.slice(end), rule)
  }

  /** Ends the open record, in which a fault was found at a place, before its last line where that is a whole object or array. */
  endBeforeLine(text: string, at: number): WholeLine | undefined {
    if (this.record.begin.line === this.piece.position.line) return undefined
    this.record.holdTo(text, at)
    return this.record.endBeforeLastLine()
  }

  /** Has the piece begin with a line that was scanned as a part of something else, up to a place. */
  scanLine({ value, behind, column }: WholeLine, text: string, at: number): void {
    const read = value.text() + behind.text()
    const line = this.piece.position.line - countLineEnds(read)
    this.piece.scanAgain({ read, line, column }, text.slice(at))
  }

  private endBeforeNext(held: string, rest: string, rule: NextRecordRule | undefined): string | undefined {
    const next = rule === undefined ? -1 : findNextRecord(held, rule)
    if (next < 0) return undefined
    const before = held.slice(0, next)
    const line = this.record.begin.line + countLineEnds(before)
    const column = next - 1 - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'))
    this.record.endAt(next)
    this.piece.scanAgain({ read: held.slice(next), line, column }, rest, rule)
    return excerptOf(held.slice(0, next + 1))
  }
}
