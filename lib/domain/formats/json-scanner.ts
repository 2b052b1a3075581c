import { CutRecords } from './json-text/cut-records'
import { JsonDocument } from './json-text/document'
import { FaultHandling } from './json-text/fault-handling'
import { HELD_RECORD } from './json-text/held-text'
import type { JsonSink } from './json-text/json-sink'
import { LastLine } from './json-text/last-line'
import { OpenRecord } from './json-text/open-record'
import { RecordLines } from './json-text/record-lines'
import { ScannedPiece } from './json-text/scanned-piece'
import { CR, isBlank, LF, OPEN_BRACE, OPEN_BRACKET } from './json-text/tokens'
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
  private readonly piece: ScannedPiece
  private readonly record: OpenRecord
  private readonly recordLines = new RecordLines()
  private readonly cutRecords: CutRecords
  private readonly faults: FaultHandling
  private mode: Mode = 'between'
  /** What comes next is the first of a list. */
  private isFirst = false
  /** Of what is ignored. */
  private lastLine: LastLine | undefined
  private name = ''
  private readonly maxNameChars: number

  constructor(
    path: readonly string[],
    private readonly sink: JsonSink,
    private readonly sizes = HELD_RECORD,
  ) {
    this.document = new JsonDocument(path)
    this.piece = new ScannedPiece(sink)
    this.record = new OpenRecord(this.document, sink, sizes)
    const { document, piece, record, recordLines: lines, value } = this
    this.cutRecords = new CutRecords(document, piece, record, lines)
    this.faults = new FaultHandling(
      { document, piece, record, lines, value, cutRecords: this.cutRecords },
      sink,
    )
    // Each character may be written as `\uXXXX`.
    this.maxNameChars = 2 + 6 * Math.max(0, ...path.map((name) => name.length))
  }

  /** Something stood at the end of the root path. */
  get reachedRecords(): boolean {
    return this.document.reached
  }

  /** UTF-16 units that are held of a record whose end has not come; of one that is too large to be held those of its last line. */
  get heldChars(): number {
    return this.record.heldChars ?? this.lastLine?.heldChars ?? 0
  }

  push(text: string): void {
    this.piece.text = text
    this.scanPiece(0)
  }

  /** Tells that the text has ended. */
  end(): void {
    let fault: string | undefined
    let wasResuming = false
    do {
      this.piece.text = ''
      wasResuming = this.mode === 'resuming'
      fault = this.faultAtEnd()
      if (fault !== undefined) {
        const isInRecord = this.mode === 'record'
        this.scanPiece(isInRecord ? this.breakRecord('', 0, fault) : this.breakStructure('', 0, fault))
        // Behind what was scanned once more stands nothing again.
        if (this.piece.text !== '') this.sink.scanAgain('')
      }
    } while (this.piece.text !== '')
    if (this.record.isOpen) this.finishRecord('', 0)
    if (this.document.isOpen && fault === undefined && !wasResuming) this.faults.tellUnclosed()
  }

  private faultAtEnd(): string | undefined {
    if (this.mode !== 'record' && this.mode !== 'ignored' && this.mode !== 'name') return undefined
    this.value.end()
    return this.value.fault
  }

  private scanPiece(from: number): void {
    const { piece } = this
    for (let at = from; at < piece.text.length; ) at = this.step(piece.text, at)
    this.record.endPiece(piece.text)
    piece.end()
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
      this.piece.position.moveTo(text, at)
      this.document.column = this.piece.position.column
    }
    if (found === 'structure') return this.passStructure(text, at)
    if (found === 'record') return this.beginRecord(text, at)
    if (found === 'fault') return this.breakStructure(text, at, this.document.fault)
    this.mode = found
    this.lastLine = found === 'ignored' && !isTop ? new LastLine(this.document.column, this.sizes) : undefined
    this.name = ''
    this.value.begin()
    return at
  }

  private passStructure(text: string, at: number): number {
    this.isFirst = text.charCodeAt(at) === OPEN_BRACKET
    return at + 1
  }

  private beginRecord(text: string, at: number): number {
    const { position } = this.piece
    if (this.isFirst) {
      position.moveTo(text, at)
      this.recordLines.beginList(position.passed, this.document.isAsFarLeft(position))
      this.isFirst = false
    } else this.recordLines.addRecord()
    if (text.charCodeAt(at) === OPEN_BRACE && this.piece.nextAgain(at) === text.length) {
      const end = this.sink.takeObject(text, at)
      if (end >= 0) {
        this.document.endValue()
        return end
      }
    }
    position.moveTo(text, at)
    this.record.open(at, position.passed)
    this.value.begin()
    this.mode = 'record'
    return at
  }

  private scanRecord(text: string, from: number): number {
    const next = this.piece.nextAgain(from)
    const at = this.value.scan(next < text.length ? text.slice(0, next) : text, from)
    const cut = this.record.becomesTooLarge(at) ? this.cutRecords.endLarge(text) : undefined
    if (cut !== undefined) return this.endCut(this.piece.text, 0, cut)
    if (this.value.fault !== undefined) return this.breakRecord(text, at, this.value.fault)
    if (this.value.done && this.isScalarAtTop(text)) this.mode = 'rest-of-line'
    else if (this.value.done) this.finishRecord(text, at)
    else if (next < text.length) return this.endCut(text, at, this.record.excerpt(text, at))
    return at
  }

  /** What is no object or array has to stand alone on its line, so that words of a log are not taken for values. */
  private isScalarAtTop(text: string): boolean {
    if (this.document.isOpen) return false
    const first = this.record.firstCode(text)
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
    const { resumption } = this.faults
    const at = resumption?.find(text, from) ?? -1
    if (at < 0) return text.length
    if (this.record.isOpen) this.finishRecord(text, at)
    else this.document.endValue()
    if (resumption?.leaves === true) this.document.leave()
    if (resumption?.indent !== undefined) this.document.resume(text.charCodeAt(at))
    this.mode = 'between'
    return at
  }

  private breakRecord(text: string, at: number, what: string): number {
    return this.goOn(this.faults.breakRecord(text, at, what))
  }

  private breakStructure(text: string, at: number, what: string): number {
    const { mode, lastLine } = this
    this.lastLine = undefined
    const part = mode === 'ignored' || mode === 'name' ? mode : 'between'
    return this.goOn(this.faults.breakStructure(text, at, what, part, lastLine?.found))
  }

  private endCut(text: string, at: number, excerpt: string): number {
    return this.goOn(this.faults.endCut(text, at, excerpt))
  }

  /** Goes on behind a fault, at a place, or with looking for one from there. */
  private goOn(at: number): number {
    this.mode = this.faults.resumption === undefined ? 'between' : 'resuming'
    return at
  }

  private finishRecord(text: string, end: number): void {
    this.record.finish(text, end, this.value.tooDeep)
    this.mode = 'between'
  }
}

const LINE_END = 'the end of the line'
