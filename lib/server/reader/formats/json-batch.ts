import 'server-only'
import { valueText } from '#lib/domain/formats/json-tree'
import type { Cell, RecordBatch } from '../records'

/** A record by its place in a text, and its values by theirs. */
export interface JsonRecord {
  source: string
  start: number
  end: number
  /** Its part of the batch's `places`. */
  firstPlace: number
  lastPlace: number
  /** Columns known when it was read. */
  columns: number
  unparsed: string | undefined
  tooLargeChars: number | undefined
}

/** Records of a piece of text; they become strings only when asked. */
export class JsonBatch implements RecordBatch {
  constructor(
    readonly firstRecord: number,
    private records: readonly JsonRecord[],
    /** Column, start and end of each value, in turn. */
    private readonly places: readonly number[],
  ) {}

  get count(): number {
    return this.records.length
  }

  text(index: number): string {
    const record = this.records[index]
    return record === undefined ? '' : record.source.slice(record.start, record.end)
  }

  cells(index: number): Cell[] {
    const record = this.records[index]
    if (record === undefined) return []
    const cells = new Array<Cell>(record.columns).fill(undefined)
    for (let at = record.firstPlace; at < record.lastPlace; at += 3) {
      const [column = 0, start = 0, end = 0] = [this.places[at], this.places[at + 1], this.places[at + 2]]
      cells[column] = valueText(record.source, start, end)
    }
    return cells
  }

  tooLarge(index: number): { chars: number } | undefined {
    const chars = this.records[index]?.tooLargeChars
    return chars === undefined ? undefined : { chars }
  }

  unparsed(index: number): string | undefined {
    return this.records[index]?.unparsed
  }

  release(): void {
    this.records = []
  }

  take(count: number): RecordBatch {
    return new JsonBatch(this.firstRecord, this.records.slice(0, count), this.places)
  }
}
