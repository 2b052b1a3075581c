import { brokenValue } from './broken-value'
import type { CutRecords } from './cut-records'
import type { JsonDocument } from './document'
import { excerptOf } from './held-text'
import type { JsonSink } from './json-sink'
import type { WholeLine } from './last-line'
import type { OpenRecord } from './open-record'
import type { RecordLines } from './record-lines'
import { Resumption, type ResumptionRules } from './resumption'
import type { ScannedPiece } from './scanned-piece'
import { OPEN_BRACE, OPEN_BRACKET } from './tokens'
import type { JsonValueScanner } from './value-scanner'

/** What a scanner has in hand where it finds a fault. */
interface ScannerParts {
  document: JsonDocument
  piece: ScannedPiece
  record: OpenRecord
  lines: RecordLines
  /** Of the record, or of what is ignored. */
  value: JsonValueScanner
  cutRecords: CutRecords
}

/** Tells of faults, and finds out where scanning goes on behind them: at a place, or at one that is looked for from there. */
export class FaultHandling {
  /** Looks for the place to go on at; undefined where it is known. */
  resumption: Resumption | undefined

  constructor(
    private readonly parts: ScannerParts,
    private readonly sink: JsonSink,
  ) {}

  /** Tells of a fault in the open record, and gives the place to go on at. */
  breakRecord(text: string, at: number, what: string): number {
    const { cutRecords, document, piece, record, value } = this.parts
    const cut = cutRecords.endBroken(text, at)
    if (cut !== undefined) return this.endCut(piece.text, 0, cut)
    record.isBroken = true
    this.tell(text, at, what, record.excerpt(text, at))
    const line = cutRecords.endBeforeLine(text, at)
    if (line !== undefined) return this.endBefore(line, text, at)
    const anyLine = value.depth === 0
    const broken = anyLine ? undefined : brokenValue(value, document.isOpen ? 'list' : 'top')
    const { leavesAt } = this
    return this.resumeBehind(at, { maxIndent: record.begin.column, anyLine, value: broken, leavesAt })
  }

  /** Ends the open record, which was cut before the one that begins at a place; gives the place to go on at. */
  endCut(text: string, at: number, excerpt: string): number {
    this.parts.record.isBroken = true
    this.tell(text, at, CUT, excerpt)
    this.finishRecord(text, at)
    this.parts.document.resume(OPEN_BRACE)
    return this.goOnAt(at)
  }

  /**
   * Tells of a fault between the records, or in what is ignored or a name outside of the root path, and gives the place to go
   * on at. `line` is the last one of what is ignored, where it stands for itself.
   */
  breakStructure(
    text: string,
    at: number,
    what: string,
    part: 'between' | 'ignored' | 'name',
    line: WholeLine | undefined,
  ): number {
    const { document, value } = this.parts
    const isInList = document.isList && part === 'between'
    this.tell(text, at, what, isInList ? excerptOf(text.slice(at, at + 1)) : undefined)
    if (line !== undefined) {
      document.leave()
      return this.goOnWith(line, text, at)
    }
    if (isInList) return this.breakList(text, at)
    const broken = part === 'ignored' && document.isOpen ? brokenValue(value, 'ignored') : undefined
    const leavesAt = Number.POSITIVE_INFINITY
    return this.resumeBehind(at, { maxIndent: document.column, anyLine: false, value: broken, leavesAt })
  }

  /** Tells at the end of the text that something is still open. */
  tellUnclosed(): void {
    this.tell('', 0, UNCLOSED)
  }

  private breakList(text: string, at: number): number {
    const { document, piece, record } = this.parts
    // Only a comma is missing or too much: nothing is lost.
    if (STRUCTURE.has(text[at] ?? '')) {
      const code = text.charCodeAt(at)
      if (this.isNextDocument(code)) document.leave()
      else document.resume(code)
      return this.goOnAt(at)
    }
    record.open(at, piece.position.passed)
    record.isBroken = true
    return this.resumeBehind(at, {
      maxIndent: record.begin.column,
      anyLine: true,
      value: undefined,
      leavesAt: -1,
    })
  }

  /** The document was cut behind a record: what begins here stands as far left as it does, where its records do not. */
  private isNextDocument(code: number): boolean {
    const { document, lines, piece } = this.parts
    const mayBegin = document.isAsFarLeft(piece.position) && !lines.beginLines
    return mayBegin && (code === OPEN_BRACE || code === OPEN_BRACKET)
  }

  /** Ends the open record, which was cut before a whole line that was taken for a part of it. */
  private endBefore(line: WholeLine, text: string, at: number): number {
    const { document } = this.parts
    const leaves = line.column <= this.leavesAt
    this.finishRecord(text, at)
    if (leaves) document.leave()
    else document.resume(OPEN_BRACE)
    return this.goOnWith(line, text, at)
  }

  /** Goes on with a line that was scanned as a part of something else. */
  private goOnWith(line: WholeLine, text: string, at: number): number {
    if (line.value.isTooLarge || line.behind.isTooLarge) {
      this.passLine(line)
      return this.goOnAt(at)
    }
    this.parts.cutRecords.scanLine(line, text, at)
    return this.goOnAt(0)
  }

  /** Gives on what is too large to be scanned once more. */
  private passLine({ value }: WholeLine): void {
    const source = value.text()
    const flaws = { isBroken: false, isTooDeep: false, tooLargeChars: value.chars }
    this.sink.takeRecord({ source, start: 0, end: source.length, ...flaws, at: undefined })
    this.parts.document.endValue()
  }

  /** The column up to which a line stands behind the whole document that is open; -1 where records begin there as well. */
  private get leavesAt(): number {
    const { document, record } = this.parts
    return document.isOpen && !document.isAsFarLeft(record.begin) ? document.column : -1
  }

  private goOnAt(at: number): number {
    this.resumption = undefined
    return at
  }

  private resumeBehind(at: number, rules: Omit<ResumptionRules, 'inList' | 'indent'>): number {
    const { document, piece } = this.parts
    const indent = piece.position.isIndent ? piece.position.column : undefined
    this.resumption = new Resumption({ ...rules, inList: document.isList, indent })
    return at
  }

  private finishRecord(text: string, end: number): void {
    this.parts.record.finish(text, end, this.parts.value.tooDeep)
  }

  private tell(text: string, at: number, what: string, excerpt?: string): void {
    const { position } = this.parts.piece
    position.moveTo(text, at)
    const { line, column } = position
    this.sink.takeFault({ what, line, character: column + 1, at, excerpt })
  }
}

const STRUCTURE = new Set([',', ']', '{', '['])
const CUT = 'the record is cut, as another one begins here'
const UNCLOSED = 'the file ends before all of it is closed'
