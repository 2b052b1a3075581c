import { JsonDocument } from './json-text/document'
import { excerptOf, firstOf, HeldText, MAX_HELD_CHARS } from './json-text/held-text'
import { LinePosition } from './json-text/line-position'
import { Resumption } from './json-text/resumption'
import { CR, isBlank, LF, OPEN_BRACE, OPEN_BRACKET } from './json-text/tokens'
import { JsonValueScanner, unexpected } from './json-text/value-scanner'

/** A record as it stands in a text, which may hold more than it. */
export interface ScannedRecord {
  source: string
  start: number
  end: number
  /** It is no valid JSON; what is wrong was told before. */
  isBroken: boolean
  /** Nested deeper than is looked at. */
  isTooDeep: boolean
  /** Its length, where `source` holds the begin of it only. */
  tooLargeChars: number | undefined
  /** Where in the piece that is scanned it goes on whose begin was held, or begins. */
  at: number
}

export interface JsonFault {
  /** `"a value was expected, not "x""`. */
  what: string
  /** From 1. */
  line: number
  character: number
  /** The place in the piece that is scanned. */
  at: number
  /** Up to 100 characters, the last of which is where it was noticed; undefined outside of records. */
  excerpt: string | undefined
}

export interface JsonSink {
  /** Takes an object that lies whole in the piece; gives its end, or -1 to have it looked at closely. */
  takeObject(text: string, from: number): number
  takeRecord(record: ScannedRecord): void
  /** Told of each part of a record that is held since its end has not come. */
  holdPart(part: string): void
  /** Told where it is noticed; the record that is broken follows when it is known where it ends. */
  takeFault(fault: JsonFault): void
}

type Mode = 'between' | 'record' | 'rest-of-line' | 'ignored' | 'name' | 'resuming'

/**
 * Finds the records of JSON text that comes in pieces, the same ones however it is cut: values one after another, the
 * elements of an array that the text begins with, or what stands at a root path. Holds no more than one record.
 * Behind a fault it goes on at the next line that begins, no further right than what is broken, with `{` or `[`.
 */
export class JsonScanner {
  private readonly document: JsonDocument
  private readonly value = new JsonValueScanner()
  private readonly position = new LinePosition()
  private mode: Mode = 'between'
  /** Where in this piece the record goes on whose begin is held; -1 when nothing is to be kept. */
  private start = -1
  private held: HeldText | undefined
  private isBroken = false
  private column = 0
  private topColumn = 0
  private resumption: Resumption | undefined
  private name = ''
  private readonly maxNameChars: number

  constructor(
    path: readonly string[],
    private readonly sink: JsonSink,
  ) {
    this.document = new JsonDocument(path)
    // Each character may be written as `\uXXXX`.
    this.maxNameChars = 2 + 6 * Math.max(0, ...path.map((name) => name.length))
  }

  /** Something stood at the end of the root path. */
  get reachedRecords(): boolean {
    return this.document.reached
  }

  /** UTF-16 units that are held of a record whose end has not come; 0 of one that is too large to be held. */
  get heldChars(): number {
    const chars = this.held?.chars ?? 0
    return chars > MAX_HELD_CHARS ? 0 : chars
  }

  push(text: string): void {
    for (let at = 0; at < text.length; ) at = this.step(text, at)
    if (this.start >= 0) {
      this.hold(text.slice(this.start))
      this.start = 0
    }
    this.position.endPiece(text)
  }

  /** Tells that the text has ended. */
  end(): void {
    const wasResuming = this.mode === 'resuming'
    const isInValue = this.mode === 'record' || this.mode === 'ignored' || this.mode === 'name'
    if (isInValue) this.value.end()
    const fault = isInValue ? this.value.fault : undefined
    if (this.mode === 'record' && fault !== undefined) this.breakRecord('', 0, fault)
    if (this.start >= 0) this.finishRecord('', 0)
    else if (fault !== undefined) this.tell('', 0, fault)
    if (this.document.isOpen && fault === undefined && !wasResuming) this.tell('', 0, UNCLOSED)
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
    if (found === 'structure') return at + 1
    if (found === 'record') return this.beginRecord(text, at)
    if (found === 'fault') return this.breakStructure(text, at)
    this.mode = found
    this.name = ''
    this.value.begin()
    return at
  }

  private beginRecord(text: string, at: number): number {
    if (text.charCodeAt(at) === OPEN_BRACE) {
      const end = this.sink.takeObject(text, at)
      if (end >= 0) {
        this.document.endValue()
        return end
      }
    }
    this.position.moveTo(text, at)
    this.column = this.position.column
    this.start = at
    this.isBroken = false
    this.value.begin()
    this.mode = 'record'
    return at
  }

  private scanRecord(text: string, from: number): number {
    const at = this.value.scan(text, from)
    if (this.value.fault !== undefined) this.breakRecord(text, at, this.value.fault)
    else if (this.value.done && this.isScalarAtTop(text)) this.mode = 'rest-of-line'
    else if (this.value.done) this.finishRecord(text, at)
    return at
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
    else if (!isBlank(code)) {
      this.breakRecord(text, at, unexpected('the end of the line', text, at))
      return at
    }
    return at + 1
  }

  private scanIgnored(text: string, from: number): number {
    const at = this.value.scan(text, from)
    if (this.mode === 'name' && this.name.length <= this.maxNameChars) this.name += text.slice(from, at)
    if (this.value.fault !== undefined) return this.breakStructure(text, at, this.value.fault)
    if (!this.value.done) return at
    if (this.mode === 'ignored') this.document.endValue()
    else this.document.endName(this.name.length > this.maxNameChars ? undefined : JSON.parse(this.name))
    this.mode = 'between'
    return at
  }

  private lookForLine(text: string, from: number): number {
    const at = this.resumption?.find(text, from) ?? -1
    if (at < 0) return text.length
    if (this.start >= 0) this.finishRecord(text, at)
    this.document.resume(text.charCodeAt(at))
    this.mode = 'between'
    return at
  }

  private breakRecord(text: string, at: number, what: string): void {
    const anyLine = this.value.depth === 0
    this.isBroken = true
    this.tell(text, at, what, this.excerpt(text, at))
    this.resumeLater(this.column, anyLine)
  }

  /** A fault between the records, or outside of the root path. */
  private breakStructure(text: string, at: number, what = this.document.fault): number {
    const isInList = this.document.isList && this.mode === 'between'
    this.tell(text, at, what, isInList ? excerptOf(text.slice(at, at + 1)) : undefined)
    if (!isInList) {
      this.document.leave()
      this.resumeLater(this.topColumn, false)
      return at
    }
    // Only a comma is missing or too much: nothing is lost.
    if (STRUCTURE.has(text[at] ?? '')) {
      this.document.resume(text.charCodeAt(at))
      return at
    }
    this.start = at
    this.isBroken = true
    this.resumeLater(this.position.column, true)
    return at
  }

  private resumeLater(maxIndent: number, anyLine: boolean): void {
    const indent = this.position.isIndent ? this.position.column : undefined
    this.resumption = new Resumption({ maxIndent, anyLine, inList: this.document.isList, indent })
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
    this.held ??= new HeldText()
    this.held.add(part)
    this.sink.holdPart(part)
  }

  private finishRecord(text: string, end: number): void {
    const { isBroken, held, start } = this
    if (held !== undefined) held.add(text.slice(start, end))
    const chars = held?.chars ?? end - start
    const isTooLarge = chars > MAX_HELD_CHARS
    const isInPiece = held === undefined && !isTooLarge
    const source = isInPiece ? text : (held?.text() ?? firstOf(text.slice(start, end)))
    this.start = -1
    this.held = undefined
    this.document.endValue()
    this.mode = 'between'
    this.sink.takeRecord({
      source,
      start: isInPiece ? start : 0,
      end: behindLast(source, isInPiece ? end : source.length),
      isBroken,
      isTooDeep: !isBroken && this.value.tooDeep,
      tooLargeChars: isTooLarge ? chars : undefined,
      at: start,
    })
  }
}

const STRUCTURE = new Set([',', ']', '{', '['])
const UNCLOSED = 'the file ends before all of it is closed'

/** The place behind the last character that is not blank. */
function behindLast(text: string, end: number): number {
  let at = end
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at--
  return at
}
