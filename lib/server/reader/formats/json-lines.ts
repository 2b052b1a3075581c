import 'server-only'
import { formatCount } from '#lib/domain/format'
import { expandLine } from '#lib/domain/formats/expand-json'
import { JsonValueScanner } from '#lib/domain/formats/json-text/value-scanner'
import { valueText } from '#lib/domain/formats/json-tree'
import type { Cell, ReadFacts, RecordBatch } from '../records'
import { JsonColumns, MAX_JSON_COLUMNS } from './json-columns'
import { EventShapes } from './json-event-shapes'

/**
 * Adds to lines the columns of the JSON objects that stand in them. Every line stays a record with its line: one that is no
 * object, or too large to be held, has that alone.
 */
export async function* expandLines(
  batches: AsyncIterable<RecordBatch>,
  depth: number,
  facts: ReadFacts,
): AsyncGenerator<RecordBatch> {
  const expansion = new LineExpansion(depth, facts)
  for await (const batch of batches) yield expansion.expand(batch)
}

class LineExpansion {
  private readonly columns: JsonColumns
  private readonly scanner = new JsonValueScanner()
  private readonly shapes = new EventShapes()

  constructor(
    private readonly depth: number,
    private readonly facts: ReadFacts,
  ) {
    this.columns = new JsonColumns(facts)
  }

  expand(batch: RecordBatch): RecordBatch {
    const lines: ExpandedLine[] = []
    const places: number[] = []
    for (let index = 0; index < batch.count; index++) {
      const text = batch.text(index)
      const record = batch.firstRecord + index
      const tooLarge = batch.tooLarge(index)
      if (tooLarge === undefined) this.addPlaces(text, record, places)
      else this.tellTooLarge(record, tooLarge.chars)
      lines.push({ text, lastPlace: places.length, columns: this.columns.count })
    }
    return new ExpandedBatch(batch, lines, places)
  }

  /** Adds column, start and end of each value of the line, in turn. */
  private addPlaces(line: string, record: number, places: number[]): void {
    if (this.shapes.read(line, places)) return
    const expanded = expandLine(line, this.depth, this.scanner)
    if (expanded === undefined) {
      if (/[^ \t]/.test(line)) this.tellNoObject(record)
      return
    }
    this.columns.tellRepeated(expanded.repeated, record)
    const columns = this.columns.place(expanded.values)
    if (columns === undefined) {
      this.tellTooManyColumns(record)
      return
    }
    this.shapes.learn(line, expanded, columns)
    for (const [{ start, end }, column] of columns) places.push(column, start, end)
  }

  private tellNoObject(record: number): void {
    const message = `Record ${record} is not a JSON object: it has its line alone.`
    this.facts.note({ reason: 'no-json-object', message, record })
  }

  private tellTooLarge(record: number, chars: number): void {
    const message = `Record ${record} has ${formatCount(chars)} characters, more than can be taken apart: only its beginning is shown, without columns.`
    const remedy = 'Turn off Expand JSON, which passes on lines of any length.'
    this.facts.note({ reason: 'record-too-large', message, record, remedy })
  }

  private tellTooManyColumns(record: number): void {
    const message = `Record ${record} would bring the columns above ${MAX_JSON_COLUMNS}: it has its line alone.`
    this.facts.note({ reason: 'too-many-columns', message, record })
  }
}

interface ExpandedLine {
  text: string
  /** Where its part of the batch's places ends; it begins where that of the line before ends. */
  lastPlace: number
  /** Columns known when it was read. */
  columns: number
}

class ExpandedBatch implements RecordBatch {
  constructor(
    private readonly batch: RecordBatch,
    private lines: readonly ExpandedLine[],
    /** Column, start and end of each value, in turn. */
    private readonly places: readonly number[],
  ) {}

  get firstRecord(): number {
    return this.batch.firstRecord
  }

  get count(): number {
    return this.lines.length
  }

  text(index: number): string {
    return this.lines[index]?.text ?? ''
  }

  cells(index: number): Cell[] {
    const line = this.lines[index]
    if (line === undefined) return []
    const { text, lastPlace, columns } = line
    const cells = new Array<Cell>(columns).fill(undefined)
    cells[0] = text
    for (let at = this.lines[index - 1]?.lastPlace ?? 0; at < lastPlace; at += 3) {
      cells[this.places[at] ?? 0] = valueText(text, this.places[at + 1] ?? 0, this.places[at + 2] ?? 0)
    }
    return cells
  }

  tooLarge(index: number): { chars: number; isTold: true } | undefined {
    const tooLarge = this.batch.tooLarge(index)
    return tooLarge && { ...tooLarge, isTold: true }
  }

  unparsed(): undefined {
    return undefined
  }

  release(): void {
    this.lines = []
    this.batch.release?.()
  }

  take(count: number): RecordBatch {
    return new ExpandedBatch(this.batch.take(count), this.lines.slice(0, count), this.places)
  }
}
