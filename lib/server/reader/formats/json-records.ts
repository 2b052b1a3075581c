import 'server-only'
import { formatCount } from '#lib/domain/format'
import { type FlatRecord, flattenObject } from '#lib/domain/formats/flatten-json'
import { JsonShape } from '#lib/domain/formats/json-shape'
import type { JsonFault, JsonSink, ScannedRecord } from '#lib/domain/formats/json-text/json-sink'
import { MAX_JSON_DEPTH, OPEN_BRACE } from '#lib/domain/formats/json-text/tokens'
import { readTree } from '#lib/domain/formats/json-tree'
import type { ReadFacts } from '../records'
import { JsonBatch, type JsonRecord } from './json-batch'
import { JsonColumns, MAX_JSON_COLUMNS } from './json-columns'

/** The column of records that are no objects. */
const VALUE_COLUMN = 'value'

/** Knows where the piece that is scanned stands in the file. */
export interface PieceOffsets {
  /** Byte offset of a place in the piece, where it is known. */
  of(at: number): number | undefined
  /** Told of another piece, which begins with the end of what was scanned before, and ends where the one that is scanned does. */
  goBack(piece: string): void
}

/** Gathers the records that a scanner finds, with their columns, until they are asked for. */
export class JsonRecords implements JsonSink {
  private readonly columns: JsonColumns
  private readonly shape = new JsonShape()
  private firstRecord: number
  private records: JsonRecord[] = []
  private places: number[] = []
  hasFault = false
  /** Where the record begins that is held, in bytes, where that is known. */
  private held: { offset: number | undefined } | undefined

  constructor(
    private readonly facts: ReadFacts,
    private readonly maxDepth: number,
    private readonly offsets: PieceOffsets,
  ) {
    this.columns = new JsonColumns(facts)
    this.firstRecord = facts.records + 1
  }

  /** What was found since the last time; undefined if there was nothing. */
  flush(): JsonBatch | undefined {
    if (this.records.length === 0) return undefined
    const batch = new JsonBatch(this.firstRecord, this.records, this.places)
    this.firstRecord += this.records.length
    this.records = []
    this.places = []
    return batch
  }

  takeObject(text: string, from: number): number {
    const firstPlace = this.places.length
    const end = this.shape.read(text, from, this.places)
    if (end >= 0) this.add({ source: text, start: from, end }, firstPlace)
    return end
  }

  takeRecord(record: ScannedRecord): void {
    const unparsed = whyUnparsed(record)
    if (unparsed !== undefined) this.addUnparsed(record, unparsed)
    else this.takeApart(record)
    this.held = undefined
  }

  beginHolding(at: number): void {
    this.held = { offset: this.offsets.of(at) }
  }

  scanAgain(text: string): void {
    this.offsets.goBack(text)
  }

  takeFault({ what, line, character, at, excerpt }: JsonFault): void {
    this.hasFault = true
    const record = this.nextRecord
    const place = `line ${line}, character ${character}`
    const offset = this.offsets.of(at)
    this.facts.fault({
      reason: 'invalid-json',
      message:
        excerpt === undefined
          ? `What stands around the records is not valid JSON: ${place}: ${what}.`
          : `Record ${record} is not valid JSON: ${place}: ${what}.`,
      record,
      ...(offset === undefined ? {} : { offset }),
      ...(excerpt === undefined || excerpt === '' ? {} : { excerpt }),
      remedy: 'Mend the file, or choose another format if it is none of JSON.',
    })
  }

  private get nextRecord(): number {
    return this.firstRecord + this.records.length
  }

  private takeApart(record: ScannedRecord): void {
    const { source, start } = record
    const isObject = source.charCodeAt(start) === OPEN_BRACE
    const node = isObject
      ? readTree(source, start, this.maxDepth + 1)
      : { start, end: record.end, members: undefined, repeated: undefined }
    const { values, repeated }: FlatRecord = isObject
      ? flattenObject(node, this.maxDepth)
      : { values: [{ column: VALUE_COLUMN, node }], repeated: undefined }
    this.columns.tellRepeated(repeated, this.nextRecord)
    const columns = this.columns.place(values)
    if (columns === undefined) {
      this.facts.note({
        reason: 'too-many-columns',
        message: tooManyColumns(this.nextRecord),
        record: this.nextRecord,
      })
      this.addUnparsed(record, TOO_MANY_COLUMNS)
      return
    }
    const firstPlace = this.places.length
    for (const [{ start: from, end }, column] of columns) this.places.push(column, from, end)
    if (isObject) this.shape.learn(source, node, columns)
    this.add(record, firstPlace)
  }

  private addUnparsed(record: ScannedRecord, unparsed: string): void {
    this.facts.unparsed++
    if (record.isTooDeep) {
      const message = `Record ${this.nextRecord} is nested deeper than ${MAX_JSON_DEPTH} levels: it is kept as it stands, without columns.`
      this.facts.note({ reason: 'too-deep', message, record: this.nextRecord })
    }
    if (record.tooLargeChars !== undefined) this.tellTooLarge(record, record.tooLargeChars)
    this.add(record, this.places.length, unparsed, record.tooLargeChars)
  }

  private tellTooLarge({ source, at, isBroken }: ScannedRecord, chars: number): void {
    const record = this.nextRecord
    const offset = this.held === undefined && at !== undefined ? this.offsets.of(at) : this.held?.offset
    const size = `Record ${record} has ${formatCount(chars)} characters`
    this.facts.note({
      reason: 'record-too-large',
      message: `${size}${isBroken ? '' : ', more than can be taken apart'}: only its beginning is shown, without columns.`,
      record,
      ...(offset === undefined ? {} : { offset }),
      excerpt: source.slice(0, EXCERPT_CHARS).toWellFormed(),
      remedy: 'Read the file as one record per line, which passes on lines of any length.',
    })
  }

  private add(
    { source, start, end }: { source: string; start: number; end: number },
    firstPlace: number,
    unparsed?: string,
    tooLargeChars?: number,
  ): void {
    const lastPlace = this.places.length
    const columns = this.columns.count
    this.records.push({ source, start, end, firstPlace, lastPlace, columns, unparsed, tooLargeChars })
  }
}

const EXCERPT_CHARS = 100

const TOO_MANY_COLUMNS = `Its columns would be more than ${MAX_JSON_COLUMNS}`
const tooManyColumns = (record: number): string =>
  `Record ${record} would bring the columns above ${MAX_JSON_COLUMNS}: it is kept as it stands, without columns.`

function whyUnparsed({ isBroken, isTooDeep, tooLargeChars }: ScannedRecord): string | undefined {
  if (isBroken) return 'It is not valid JSON'
  if (tooLargeChars !== undefined) return 'It is too large to parse'
  return isTooDeep ? `It is nested deeper than ${MAX_JSON_DEPTH} levels` : undefined
}
