import 'server-only'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import type { OutsideTally } from '#lib/domain/datasets/outside-schema'
import type { RecordFormat } from '#lib/domain/datasets/print-records'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import type { Cell, LineBytes, LinePart, ReadFacts, RecordBatch } from '../../reader/records'
import { ColumnPlaces, type PlacedColumns } from '../place-columns'
import { RecordBytes } from './record-bytes'

/** Some records of a file, or a part of one; `facts` are the same for all of one file. */
export interface ReadBatch {
  batch: RecordBatch
  facts: ReadFacts
}

/** Prints batches of records in the columns of a schema. */
export class BatchPrinter {
  private readonly bytes: RecordBytes
  private file: { facts: ReadFacts; places: ColumnPlaces } | undefined
  /** The file of the record whose parts are coming. */
  private partsOf: ReadFacts | undefined

  constructor(
    format: RecordFormat,
    private readonly columns: readonly SchemaColumn[],
    private readonly settings: FormatSettings,
    /** Counts the records that were printed. */
    private readonly counter: { records: number },
    /** Counts the values that no column of the schema shows. */
    private readonly outside: OutsideTally,
  ) {
    this.bytes = new RecordBytes(
      format,
      columns.map(({ name }) => name),
    )
  }

  /**
   * Gives the pieces that are to be sent before more is printed. A batch with a large record is printed whole and let go of first.
   * @param isLarge whether that is known already
   * @throws Failure ERR_FORMAT_LINE_TOO_LARGE for a record of which only the beginning is there, unless faulty ones are kept
   */
  *print({ batch, facts }: ReadBatch, isLarge = false): Generator<Buffer[], void> {
    const places = this.placesOf(facts).of(facts.columns)
    const { inside, outside } = places
    if (this.partsOf !== facts || batch.part === undefined) this.endParts()
    if (batch.part !== undefined) {
      this.addPart(batch.part, facts, inside)
      if (this.bytes.isEnough) yield this.bytes.take()
      return
    }
    const isLine = this.bytes.takesLines && inside.length === 1 && inside[0] === 0 && outside.length === 0
    const lines = isLine ? batch.lineBytes?.() : undefined
    if (lines !== undefined) {
      yield* this.printLines(lines, batch.count)
      return
    }
    let isWhole = isLarge
    for (let index = 0; index < batch.count; index++) {
      refuseCut(batch, index, facts)
      this.addRecord(batch.cells(index), places)
      isWhole ||= this.bytes.isMuch
      if (!this.bytes.isEnough || isWhole) continue
      // Cells may be many times as large as what they print: nothing of the last record waits.
      if (index + 1 === batch.count) batch.release?.()
      yield this.bytes.take()
    }
    if (!isWhole) return
    batch.release?.()
    yield this.bytes.take()
  }

  /** On its own, since what is paused keeps the cells that it knows. */
  private addRecord(cells: readonly Cell[], { inside, outside }: PlacedColumns): void {
    this.bytes.add(inside.map((place) => cells[place]))
    for (const { place, column } of outside) if (cells[place]) this.outside.add(column)
    this.counter.records++
  }

  private *printLines(lines: LineBytes, count: number): Generator<Buffer[], void> {
    for (let index = 0; index < count; ) {
      const next = this.bytes.addLines(lines, index)
      this.counter.records += next - index
      index = next
      if (this.bytes.isEnough) yield this.bytes.take()
    }
  }

  /** The places of the file that is being printed: files come one after the other. */
  private placesOf(facts: ReadFacts): ColumnPlaces {
    if (this.file?.facts !== facts)
      this.file = { facts, places: new ColumnPlaces(this.columns, this.settings) }
    return this.file.places
  }

  /** All that was printed and not taken, with the end of a record whose last parts do not come. */
  end(): Buffer[] {
    this.endParts()
    return this.bytes.take()
  }

  /** All that was printed and not taken; a record whose parts were coming is left open, since it is not whole. */
  breakOff(): Buffer[] {
    return this.bytes.take()
  }

  private addPart(part: LinePart, facts: ReadFacts, places: readonly number[]): void {
    this.partsOf = facts
    const place = places.indexOf(0)
    if (place >= 0) this.bytes.addPart(place, part)
    else if (part.ends) this.bytes.add(places.map(() => undefined))
    if (part.ends) this.endParts()
  }

  private endParts(): void {
    if (this.partsOf === undefined) return
    this.partsOf = undefined
    this.bytes.endParts()
    this.counter.records++
  }
}

/** A record of which only the beginning is held must not pass for the whole. */
function refuseCut(batch: RecordBatch, index: number, facts: ReadFacts): void {
  const tooLarge = batch.tooLarge(index)
  if (tooLarge === undefined) return
  const { chars, isTold = batch.unparsed(index) !== undefined } = tooLarge
  const record = batch.firstRecord + index
  facts.fault(
    {
      reason: 'ERR_FORMAT_LINE_TOO_LARGE',
      message: `Record ${record} has ${chars} characters, which is more than can be taken apart`,
      record,
      remedy: 'Leave the file out, or read it as one record per line without expanding JSON.',
    },
    // What could not be taken apart was told by who tried.
    { told: isTold },
  )
}
