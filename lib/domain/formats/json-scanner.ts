import { brokenValue } from './json-text/broken-value'
import { JsonDocument } from './json-text/document'
import { HeldRecord } from './json-text/held-record'
import { excerptOf, firstOf, HELD_RECORD } from './json-text/held-text'
import type { JsonSink } from './json-text/json-sink'
import { LastLine, type WholeLine } from './json-text/last-line'
import { countLineEnds, LinePosition, type PassedPlace } from './json-text/line-position'
import { findNextRecord, NextRecords } from './json-text/next-record'
import { type NextRecordRule, RecordLines } from './json-text/record-lines'
import { Resumption, type ResumptionRules } from './json-text/resumption'
import { CR, isBlank, LF, OPEN_BRACE, OPEN_BRACKET, skipBlanksBack } from './json-text/tokens'
import { JsonValueScanner, unexpected } from './json-text/value-scanner'

type Mode = 'between' | 'record' | 'rest-of-line' | 'ignored' | 'name' | 'resuming'

/**
 * Finds the records of JSON text that comes in pieces, the same ones however it is cut: values one after another, the
 * elements of an array that the text begins with, or what stands at a root path. Holds no more than one record.
 * Behind a fault it goes on where what is broken ends by its brackets, or at a line that begins, no further right than it,
 * with `{` or `[`, whichever comes first; where a record was cut, such a line may stand before the place at which it is noticed,
 * and what was read since is scanned once more.
 */
export class JsonScanner {
  private readonly document: JsonDocument
  private readonly value = new JsonValueScanner()
  private readonly position = new LinePosition()
  private mode: Mode = 'between'
  private piece = ''
  /** Where in this piece the record goes on whose begin is held; -1 when nothing is to be kept. */
  private start = -1
  private held: HeldRecord | undefined
  private isBroken = false
  /** Where the record, or what is broken between records, begins. */
  private begin: PassedPlace
  private topColumn = 0
  /** What comes next is the first of a list. */
  private isFirst = false
  /** The first record of the list began a line, no further right than its document. */
  private recordsBeginLines = false
  private readonly recordLines = new RecordLines()
  /** Begin of the piece that is scanned once more behind a cut record, and the length of that piece. */
  private again: { records: NextRecords; pieceChars: number } | undefined
  /** The begin of this record, which is too large to be held, was looked at. */
  private isKnownLarge = false
  /** Of what is ignored. */
  private lastLine: LastLine | undefined
  private resumption: Resumption | undefined
  private name = ''
  private readonly maxNameChars: number

  constructor(
    path: readonly string[],
    private readonly sink: JsonSink,
    private readonly sizes = HELD_RECORD,
  ) {
    this.document = new JsonDocument(path)
    this.begin = this.position.passed
    // Each character may be written as `\uXXXX`.
    this.maxNameChars = 2 + 6 * Math.max(0, ...path.map((name) => name.length))
  }

  /** Something stood at the end of the root path. */
  get reachedRecords(): boolean {
    return this.document.reached
  }

  /** UTF-16 units that are held of a record whose end has not come; of one that is too large to be held those of its last line. */
  get heldChars(): number {
    return this.held?.heldChars ?? this.lastLine?.heldChars ?? 0
  }

  push(text: string): void {
    this.piece = text
    this.scanPiece(0)
  }

  /** Tells that the text has ended. */
  end(): void {
    let fault: string | undefined
    let wasResuming = false
    do {
      this.piece = ''
      wasResuming = this.mode === 'resuming'
      fault = this.faultAtEnd()
      if (fault !== undefined) {
        const goOn = this.mode === 'record' ? this.breakRecord : this.breakStructure
        this.scanPiece(goOn.call(this, '', 0, fault))
        // Behind what was scanned once more stands nothing again.
        if (this.piece !== '') this.sink.scanAgain('')
      }
    } while (this.piece !== '')
    if (this.start >= 0) this.finishRecord('', 0)
    if (this.document.isOpen && fault === undefined && !wasResuming) this.tell('', 0, UNCLOSED)
  }

  private faultAtEnd(): string | undefined {
    if (this.mode !== 'record' && this.mode !== 'ignored' && this.mode !== 'name') return undefined
    this.value.end()
    return this.value.fault
  }

  private scanPiece(from: number): void {
    for (let at = from; at < this.piece.length; ) at = this.step(this.piece, at)
    if (this.start >= 0) {
      this.hold(this.piece.slice(this.start))
      this.start = 0
    }
    this.again = undefined
    this.position.endPiece(this.piece)
  }

  private step(text: string, at: number): number {
    switch (this.mode) {
      case 'between':
        return this.lookAround(text, at)
      case 'record':
        return this.scanRecord(text, at)
      case 'rest-of-line':
        return this.scanRestOfLine(text, at)
      case 'resuming':
        return this.lookForLine(text, at)
      default:
        return this.scanIgnored(text, at)
    }
  }

  private lookAround(text: string, at: number): number {
    if (isBlank(text.charCodeAt(at))) return at + 1
    const isTop = !this.document.isOpen
    const found = this.document.take(text, at)
    if (isTop && found !== 'record') {
      this.position.moveTo(text, at)
      this.topColumn = this.position.column
    }
    if (found === 'structure') return this.passStructure(text, at)
    if (found === 'record') return this.beginRecord(text, at)
    if (found === 'fault') return this.breakStructure(text, at)
    this.mode = found
    this.lastLine = found === 'ignored' && !isTop ? new LastLine(this.topColumn, this.sizes) : undefined
    this.name = ''
    this.value.begin()
    return at
  }

  private passStructure(text: string, at: number): number {
    this.isFirst = text.charCodeAt(at) === OPEN_BRACKET
    return at + 1
  }

  private beginRecord(text: string, at: number): number {
    if (this.isFirst) {
      this.position.moveTo(text, at)
      this.recordsBeginLines = this.position.isIndent && this.position.column <= this.topColumn
      this.recordLines.beginList(this.position.passed)
      this.isFirst = false
    } else this.recordLines.addRecord()
    if (text.charCodeAt(at) === OPEN_BRACE && this.nextAgain(text, at) === text.length) {
      const end = this.sink.takeObject(text, at)
      if (end >= 0) {
        this.document.endValue()
        return end
      }
    }
    this.position.moveTo(text, at)
    this.begin = this.position.passed
    this.start = at
    this.isBroken = false
    this.isKnownLarge = false
    this.value.begin()
    this.mode = 'record'
    return at
  }

  private scanRecord(text: string, from: number): number {
    const next = this.nextAgain(text, from)
    const at = this.value.scan(next < text.length ? text.slice(0, next) : text, from)
    if (this.cutLarge(text, at)) return 0
    if (this.value.fault !== undefined) return this.breakRecord(text, at, this.value.fault)
    if (this.value.done && this.isScalarAtTop(text)) this.mode = 'rest-of-line'
    else if (this.value.done) this.finishRecord(text, at)
    else if (next < text.length) this.finishCut(text, at)
    return at
  }

  /** Where the next record begins in what is scanned once more; the end of the text if nothing tells. */
  private nextAgain(text: string, at: number): number {
    if (this.again === undefined) return text.length
    const { records, pieceChars } = this.again
    // Both end at the same place.
    const moved = text.length - pieceChars
    const next = records.after(at - moved)
    return next < records.chars ? next + moved : text.length
  }

  /** What is no object or array has to stand alone on its line, so that words of a log are not taken for values. */
  private isScalarAtTop(text: string): boolean {
    if (this.document.isOpen) return false
    const first = this.held === undefined ? text.charCodeAt(this.start) : this.held.firstCode
    return first !== OPEN_BRACE && first !== OPEN_BRACKET
  }

  private scanRestOfLine(text: string, at: number): number {
    const code = text.charCodeAt(at)
    if (code === LF || code === CR) this.finishRecord(text, at)
    else if (!isBlank(code)) return this.breakRecord(text, at, unexpected(LINE_END, text, at))
    return at + 1
  }

  private scanIgnored(text: string, from: number): number {
    const at = this.value.scan(text, from)
    this.lastLine?.add(text.slice(from, at))
    if (this.mode === 'name' && this.name.length <= this.maxNameChars) this.name += text.slice(from, at)
    if (this.value.fault !== undefined) return this.breakStructure(text, at, this.value.fault)
    if (!this.value.done) return at
    this.lastLine = undefined
    if (this.mode === 'ignored') this.document.endValue()
    else this.document.endName(this.name.length > this.maxNameChars ? undefined : JSON.parse(this.name))
    this.mode = 'between'
    return at
  }

  private lookForLine(text: string, from: number): number {
    const at = this.resumption?.find(text, from) ?? -1
    if (at < 0) return text.length
    if (this.start >= 0) this.finishRecord(text, at)
    else this.document.endValue()
    if (this.resumption?.leaves === true) this.document.leave()
    if (this.resumption?.indent !== undefined) this.document.resume(text.charCodeAt(at))
    this.mode = 'between'
    return at
  }

  /** Tells of a fault in the record, and gives the place to go on at. */
  private breakRecord(text: string, at: number, what: string): number {
    if (this.cutBroken(text, at)) return 0
    this.isBroken = true
    this.tell(text, at, what, this.excerpt(text, at))
    const cut = this.endAtCut(text, at)
    if (cut >= 0) return cut
    const anyLine = this.value.depth === 0
    const value = anyLine ? undefined : brokenValue(this.value, this.document.isOpen ? 'list' : 'top')
    this.resumeLater({ maxIndent: this.begin.column, anyLine, value, leavesAt: this.leavesAt })
    return at
  }

  /**
   * Where a record was cut in a list inside of it, those on the lines behind it were taken for parts of it. Ends it before the
   * first of them, and has them scanned once more, from the begin of the piece; false if none is known for one.
   */
  private cutBroken(text: string, at: number): boolean {
    this.position.moveTo(text, at)
    if (!this.document.isList || this.begin.line === this.position.line) return false
    this.hold(text.slice(this.start, at))
    this.start = at
    const held = this.held?.heldText
    if (held === undefined) return false
    return this.cutBeforeNext(
      held,
      text.slice(at),
      this.recordLines.ruleInBroken(this.begin, this.topColumn, held),
    )
  }

  /** Does the same for a record that is becoming too large, whether or not a fault follows; `at` is how far it was scanned. */
  private cutLarge(text: string, at: number): boolean {
    const chars = (this.held?.chars ?? 0) + at - this.start
    if (this.isKnownLarge || chars <= this.sizes.most) return false
    this.isKnownLarge = true
    if (!this.document.isList) return false
    const end = this.start + (this.held?.room ?? this.sizes.most)
    this.hold(text.slice(this.start, end))
    this.start = end
    const held = this.held?.heldText
    if (held === undefined) return false
    return this.cutBeforeNext(
      held,
      text.slice(end),
      this.recordLines.ruleInLarge(this.begin, this.topColumn, held),
    )
  }

  private cutBeforeNext(held: string, rest: string, rule: NextRecordRule | undefined): boolean {
    const next = rule === undefined ? -1 : findNextRecord(held, rule)
    if (rule === undefined || next < 0) return false
    const again = held.slice(next)
    this.held?.endAt(next)
    this.piece = again + rest
    this.sink.scanAgain(this.piece)
    const lines = held.slice(0, next)
    const line = this.begin.line + countLineEnds(lines)
    const column = next - 1 - Math.max(lines.lastIndexOf('\n'), lines.lastIndexOf('\r'))
    this.position.goBack({ line, column, isIndent: true, afterCr: false }, 0)
    this.again = { records: new NextRecords(again, rule), pieceChars: this.piece.length }
    this.start = 0
    this.finishCut(this.piece, 0, excerptOf(held.slice(0, next + 1)))
    return true
  }

  /** Ends a record that was cut before the one that begins here. */
  private finishCut(text: string, at: number, excerpt = this.excerpt(text, at)): void {
    this.isBroken = true
    this.tell(text, at, CUT, excerpt)
    this.finishRecord(text, at)
    this.document.resume(OPEN_BRACE)
  }

  /**
   * Where a record was cut, a whole one on the next line was taken for a part of it, up to what follows that one, which is the
   * fault. Ends the cut record before it, and gives the place to go on at; -1 if there is none.
   */
  private endAtCut(text: string, at: number): number {
    if (this.begin.line === this.position.line) return -1
    this.hold(text.slice(this.start, at))
    this.start = at
    const line = this.held?.endBeforeLastLine()
    if (line === undefined) return -1
    const leaves = line.column <= this.leavesAt
    this.finishRecord(text, at)
    if (leaves) this.document.leave()
    else this.document.resume(OPEN_BRACE)
    return this.goOnAt(line, text, at)
  }

  /** Goes on with a line that was scanned as a part of something else; gives the place to go on at. */
  private goOnAt(line: WholeLine, text: string, at: number): number {
    this.mode = 'between'
    return line.value.isTooLarge || line.behind.isTooLarge
      ? this.passLine(line, at)
      : this.scanLine(line, text.slice(at))
  }

  /** Scans a line once more, this time as what it is; gives its place in the piece. */
  private scanLine({ value, behind, column }: WholeLine, rest: string): number {
    const again = value.text() + behind.text()
    this.piece = again + rest
    this.sink.scanAgain(this.piece)
    const line = this.position.line - countLineEnds(again)
    this.position.goBack({ line, column, isIndent: true, afterCr: false }, 0)
    return 0
  }

  /** Gives on what is too large to be scanned once more. */
  private passLine({ value }: WholeLine, at: number): number {
    const source = value.text()
    const flaws = { isBroken: false, isTooDeep: false, tooLargeChars: value.chars }
    this.sink.takeRecord({ source, start: 0, end: source.length, ...flaws, at: undefined })
    this.document.endValue()
    return at
  }

  /** The column up to which a line stands behind the whole document that is open; -1 where records begin there as well. */
  private get leavesAt(): number {
    const { isIndent, column } = this.begin
    return this.document.isOpen && !(isIndent && column <= this.topColumn) ? this.topColumn : -1
  }

  /** A fault between the records, or outside of the root path. */
  private breakStructure(text: string, at: number, what = this.document.fault): number {
    const { isList, isOpen } = this.document
    const isInList = isList && this.mode === 'between'
    this.tell(text, at, what, isInList ? excerptOf(text.slice(at, at + 1)) : undefined)
    const line = this.lastLine?.found
    this.lastLine = undefined
    if (line !== undefined) {
      this.document.leave()
      return this.goOnAt(line, text, at)
    }
    if (!isInList) {
      const value = this.mode === 'ignored' && isOpen ? brokenValue(this.value, 'ignored') : undefined
      const leavesAt = Number.POSITIVE_INFINITY
      this.resumeLater({ maxIndent: this.topColumn, anyLine: false, value, leavesAt })
      return at
    }
    // Only a comma is missing or too much: nothing is lost.
    if (STRUCTURE.has(text[at] ?? '')) {
      if (this.isNextDocument(text.charCodeAt(at))) this.document.leave()
      else this.document.resume(text.charCodeAt(at))
      return at
    }
    this.start = at
    this.isBroken = true
    this.begin = this.position.passed
    this.resumeLater({ maxIndent: this.begin.column, anyLine: true, value: undefined, leavesAt: -1 })
    return at
  }

  /** The document was cut behind a record: what begins here stands as far left as it does, where its records do not. */
  private isNextDocument(code: number): boolean {
    const { isIndent, column } = this.position
    const mayBegin = isIndent && column <= this.topColumn && !this.recordsBeginLines
    return mayBegin && (code === OPEN_BRACE || code === OPEN_BRACKET)
  }

  private resumeLater(rules: Omit<ResumptionRules, 'inList' | 'indent'>): void {
    const indent = this.position.isIndent ? this.position.column : undefined
    this.resumption = new Resumption({ ...rules, inList: this.document.isList, indent })
    this.mode = 'resuming'
  }

  private tell(text: string, at: number, what: string, excerpt?: string): void {
    this.position.moveTo(text, at)
    const { line, column } = this.position
    this.sink.takeFault({ what, line, character: column + 1, at, excerpt })
  }

  private excerpt(text: string, at: number): string {
    const seen = text.slice(this.start, at + 1)
    return this.held?.excerpt(seen) ?? excerptOf(seen)
  }

  private hold(part: string): void {
    if (this.held === undefined) {
      const { isIndent, column } = this.begin
      const mostLeft = isIndent || !this.document.isOpen ? column : this.topColumn
      this.held = new HeldRecord(mostLeft, this.sizes)
      this.sink.beginHolding(this.start)
    }
    this.held.add(part)
  }

  private finishRecord(text: string, end: number): void {
    const { isBroken, held, start } = this
    held?.add(text.slice(start, end))
    const chars = held?.chars ?? end - start
    const isTooLarge = held?.isCut ?? chars > this.sizes.most
    const isInPiece = held === undefined && !isTooLarge
    const source = isInPiece ? text : (held?.text() ?? firstOf(text.slice(start, end), this.sizes))
    this.start = -1
    this.held = undefined
    this.document.endValue()
    this.mode = 'between'
    this.sink.takeRecord({
      source,
      start: isInPiece ? start : 0,
      end: skipBlanksBack(source, isInPiece ? end : source.length),
      isBroken,
      isTooDeep: !isBroken && this.value.tooDeep,
      tooLargeChars: isTooLarge ? chars : undefined,
      at: start,
    })
  }
}

const STRUCTURE = new Set([',', ']', '{', '['])
const LINE_END = 'the end of the line'
const CUT = 'the record is cut, as another one begins here'
const UNCLOSED = 'the file ends before all of it is closed'
