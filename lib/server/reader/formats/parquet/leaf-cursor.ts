import 'server-only'
import { Dictionary } from './dictionary'
import { type ColumnChunk, corrupt, guard } from './footer'
import type { HeldPages } from './held-pages'
import { bitWidth, HybridDecoder } from './hybrid'
import { Malformed, NotRead } from './malformed'
import type { Page, PageSource } from './page-source'
import type { SchemaNode } from './schema'
import type { LeafText } from './to-text'
import { openValues, type Raw, type ValueSource } from './values'

/** What all columns of a row group share while records are put together. */
export interface Place {
  /** Of the page that is read. */
  offset: number
  /** Characters taken since this was set to 0. */
  chars: number
  held: HeldPages
}

/** A data page whose entries are taken one by one. */
interface OpenPage {
  offset: number
  left: number
  body: Buffer
  repetitions: HybridDecoder | undefined
  definitions: HybridDecoder | undefined
  nextText: () => string
  /** Goes past a value without its text. */
  passValue: () => void
}

/** Behind the last entry that is at hand. */
const NO_ENTRY = -1

/** Walks over the entries of one column: what a record has of it begins where the repetition level is 0. */
export class LeafCursor {
  /** Levels of the entry that is taken next; -1 when none is at hand. */
  repetition = NO_ENTRY
  definition = NO_ENTRY
  private readonly pages: OpenPage[] = []
  private dictionary: Dictionary | undefined
  private entriesLoaded = 0
  private recordsStarted = 0
  private recordsTaken = 0

  constructor(
    private readonly path: string,
    private readonly leaf: SchemaNode,
    private readonly chunk: ColumnChunk,
    private readonly source: PageSource,
    private readonly text: LeafText,
    private readonly place: Place,
  ) {}

  /** Whole records at hand. */
  get available(): number {
    const isCut = this.leaf.maxRepetition > 0 && this.entriesLoaded < this.chunk.values
    return this.recordsStarted - this.recordsTaken - (isCut ? 1 : 0)
  }

  /** Reads pages until a whole record is at hand; throws a `Failure` when the column ends before. */
  async load(): Promise<void> {
    while (this.available <= 0) await this.loadPage()
  }

  /** Goes past records, and past whole pages of them unread where a record is never cut. */
  async pass(records: number): Promise<void> {
    for (let left = records; left > 0; ) {
      if (this.available > 0) {
        const atHand = Math.min(left, this.available)
        guard(this.path, this.place.offset, () => this.passAtHand(atHand))
        left -= atHand
        continue
      }
      const passed = this.leaf.maxRepetition === 0 ? await this.source.pass(left) : 0
      if (passed === 0) await this.loadPage()
      this.entriesLoaded += passed
      this.recordsStarted += passed
      this.recordsTaken += passed
      left -= passed
    }
  }

  private async loadPage(): Promise<void> {
    const page = this.entriesLoaded < this.chunk.values ? await this.source.next() : undefined
    if (page === undefined) {
      throw corrupt(
        this.path,
        this.chunk.end,
        `The column ${this.leaf.path.join('.')} ends before its row group`,
      )
    }
    guard(this.path, page.offset, () => this.open(page))
  }

  private passAtHand(records: number): void {
    for (const end = this.recordsTaken + records; this.recordsTaken < end; ) {
      const page = this.openPage()
      if (this.definition === this.leaf.maxDefinition) page.passValue()
      this.moveOn(page)
    }
  }

  private openPage(): OpenPage {
    const page = this.pages[0]
    if (page === undefined) throw new Malformed(`The column ${this.leaf.name} ends within a record`)
    return page
  }

  private moveOn(page: OpenPage): void {
    page.left--
    this.peek()
    if (this.repetition <= 0) this.recordsTaken++
  }

  /** Takes an entry: its text, or null where there is no value. */
  take(): string | null {
    const { definition, place } = this
    const page = this.openPage()
    place.offset = page.offset
    const value = definition === this.leaf.maxDefinition ? page.nextText() : null
    place.chars += value === null ? 4 : value.length
    this.moveOn(page)
    return value
  }

  /** Throws unless all that the row group has of this column was taken. */
  checkEnd(): void {
    const isAll = this.repetition === NO_ENTRY && this.entriesLoaded === this.chunk.values
    if (!isAll)
      throw corrupt(this.path, this.chunk.start, `The column ${this.leaf.name} has more than its row group`)
  }

  private open({ header, body, levels, offset }: Page): void {
    if (header.kind === 'index') return
    if (header.kind === 'dictionary') {
      this.dictionary = new Dictionary(body, header.values, this.leaf, (raw) => this.toText(raw))
      return
    }
    if (header.values > this.chunk.values - this.entriesLoaded)
      throw new Malformed(`The column ${this.leaf.name} has more values than its row group`)
    this.entriesLoaded += header.values
    if (header.values === 0) {
      this.place.held.release(body)
      return
    }
    const split = header.kind === 'data' ? splitLevels(body, this.leaf, header.levelEncodings) : undefined
    const repetitions = split?.repetitions ?? levels.subarray(0, header.repetitionBytes)
    const definitions = split?.definitions ?? levels.subarray(header.repetitionBytes)
    this.recordsStarted += this.countRecords(repetitions, header.values)
    this.pages.push({
      offset,
      left: header.values,
      body,
      repetitions: openLevels(repetitions, this.leaf.maxRepetition),
      definitions: openLevels(definitions, this.leaf.maxDefinition),
      ...this.openTexts(split?.values ?? body, header.encoding),
    })
    if (this.repetition === NO_ENTRY) this.peek()
  }

  private countRecords(levels: Buffer, values: number): number {
    const decoder = openLevels(levels, this.leaf.maxRepetition)
    if (decoder === undefined) return values
    let records = 0
    for (let entry = 0; entry < values; entry++) {
      const level = decoder.next()
      if (level === 0) records++
      else if (entry === 0 && this.recordsStarted === 0)
        throw new Malformed('A column begins within a record')
      if (level > this.leaf.maxRepetition) throw new Malformed(`A repetition level is ${level}`)
    }
    return records
  }

  private toText(raw: Raw): string {
    if (Buffer.isBuffer(raw)) this.place.held.holdRecord(raw.length)
    return this.text.toText(raw)
  }

  private openTexts(body: Buffer, encoding: number): Pick<OpenPage, 'nextText' | 'passValue'> {
    const isDictionary = encoding === 2 || encoding === 8
    if (!isDictionary) {
      let values: ValueSource | undefined
      // Opened at the first value: a page of nulls alone may have no bytes for them.
      const next = () => {
        values ??= openValues(body, encoding, this.leaf)
        return values.next()
      }
      return { nextText: () => this.toText(next()), passValue: next }
    }
    const { dictionary } = this
    const indexes = new HybridDecoder(body.subarray(1), body[0] ?? 0)
    const nextText = () => {
      const index = indexes.next()
      const value = dictionary?.at(index)
      if (value === undefined)
        throw new Malformed(`The dictionary of ${this.leaf.name} has no value ${index}`)
      return value
    }
    return { nextText, passValue: () => indexes.next() }
  }

  private peek(): void {
    let page = this.pages[0]
    while (page?.left === 0) {
      this.place.held.release(page.body)
      this.pages.shift()
      page = this.pages[0]
    }
    if (page === undefined) {
      this.repetition = NO_ENTRY
      this.definition = NO_ENTRY
      return
    }
    this.place.offset = page.offset
    this.repetition = page.repetitions?.next() ?? 0
    this.definition = page.definitions?.next() ?? 0
    if (this.definition > this.leaf.maxDefinition)
      throw new Malformed(`A definition level is ${this.definition}`)
  }
}

/** Levels of the first version stand before the values, each kind behind its length. */
function splitLevels(
  body: Buffer,
  leaf: SchemaNode,
  encodings: number[],
): { repetitions: Buffer; definitions: Buffer; values: Buffer } {
  let at = 0
  const take = (highest: number): Buffer => {
    if (highest === 0) return body.subarray(0, 0)
    // Runs, which all writers use; before them there were bits without runs.
    if (encodings.some((encoding) => encoding !== 3))
      throw new NotRead('Its levels are packed in an outdated way')
    const length = body.readUInt32LE(at)
    if (length > body.length - at - 4) throw new Malformed('The levels of a page end too early')
    at += 4 + length
    return body.subarray(at - length, at)
  }
  const repetitions = take(leaf.maxRepetition)
  const definitions = take(leaf.maxDefinition)
  return { repetitions, definitions, values: body.subarray(at) }
}

function openLevels(bytes: Buffer, highest: number): HybridDecoder | undefined {
  return highest === 0 ? undefined : new HybridDecoder(bytes, bitWidth(highest))
}
