import 'server-only'
import { CsvColumnNames, foldName } from '#lib/domain/formats/csv-columns'
import type { CsvParams } from '#lib/domain/formats/csv-params'
import { MAX_CSV_COLUMNS, SHOWN_ROW_CHARS } from '#lib/domain/formats/csv-parser'
import type { CsvRows } from '#lib/domain/formats/csv-rows'
import { isBesideRows, MAX_BESIDE_CHARS } from '#lib/domain/formats/lines-beside-rows'
import { RecordNotes } from '../record-notes'
import { ParsedBatch, type ReadFacts, type RecordBatch } from '../records'
import { CsvBatch, type CsvLayout } from './csv-batch'
import type { PlacedQuote } from './csv-offsets'
import {
  besideRowsProblem,
  declaredSeparator,
  EXCERPT_CHARS,
  openQuoteProblem,
  otherWidthProblem,
  raggedProblem,
  repeatedHeaderProblem,
  rowTooLargeProblem,
  tooManyColumnsProblem,
} from './csv-problems'

/** Different numbers of cells that are counted each by itself. */
const MOST_WIDTHS_TOLD = 16
/** Rows of one width whose text is shown. */
const MOST_EXCERPTS = 20

/** Longer headers are not compared. */
const MAX_COMPARED_CHARS = 64 * 1024

/** Makes records of one file's rows: leaves out what is skipped, names the columns, and tells what does not fit. */
export class CsvTable {
  private readonly notes: RecordNotes
  private nextRecord: number
  /** Rows to skip until the header, and behind it. */
  private leadRows: number
  private tailRows: number
  private wantsHeader: boolean
  private isFirstRow = true
  private readonly skippedBefore: number
  /** The header row as it stands in the file, with its length; rows are seldom as long. */
  private header: { text: string; chars: number } | null = null
  private names = new CsvColumnNames()
  private layout: CsvLayout = { width: 0, places: null }
  /** Cells that a row ought to have: those of the header, or of the first row where there is none. */
  private expectedCells: number | null = null
  /** Numbers of cells that were told of rows, with how many rows; of further ones only that they are others. */
  private readonly toldCells = new Map<number, number>()
  /** Where each of the file's columns is among the reading's; only ever appended to. */
  private readonly places: number[] = []
  private readonly known: Map<string, number>
  private isInOrder = true
  /** Whether the row that is being read was told to be too large. */
  private oversizeTold = false

  constructor(
    private readonly params: CsvParams,
    private readonly maxChars: number,
    private readonly facts: ReadFacts,
  ) {
    this.notes = new RecordNotes(facts)
    this.nextRecord = facts.records + 1
    this.skippedBefore = facts.skipped
    this.known = new Map(facts.columns.map(({ name }, place) => [name, place]))
    this.leadRows = params.skipRowsBeforeHeader
    this.tailRows = params.skipRowsAfterHeader
    this.wantsHeader = params.parseHeaderRow
  }

  /** Gives the records of a block; `openQuote` is the quote that its last row leaves open. */
  *take(block: CsvRows, openQuote?: PlacedQuote): Generator<RecordBatch> {
    this.settle()
    let rows: number[] = []
    let first = this.nextRecord
    for (let row = 0; row < block.count; row++) {
      const quote = row === block.count - 1 ? openQuote : undefined
      if (this.takeOther(block, row, quote)) continue
      const cells = block.cellCount(row)
      const isWhole = block.chars(row) <= this.maxChars && cells <= MAX_CSV_COLUMNS && quote === undefined
      if (!isWhole || cells > this.layout.width) {
        // The records before it go out first: neither a fault nor a new column is of theirs.
        if (rows.length > 0) yield new CsvBatch(first, block, rows, this.layout)
        rows = []
        first = this.nextRecord
      }
      if (isWhole && this.fit(cells, block, row)) rows.push(row)
      else {
        yield this.refuse(block, row, quote)
        first++
      }
      this.nextRecord++
    }
    if (rows.length > 0) yield new CsvBatch(first, block, rows, this.layout)
  }

  /** Tells of the row that is being read that it is too large, once and before its end has come. */
  refuseOversize(): void {
    if (this.oversizeTold) return
    this.oversizeTold = true
    this.facts.fault(rowTooLargeProblem(this.placeOfRow(), this.params, this.maxChars))
  }

  /** Tells what concerns the records that were taken, or, at the end of the file, all that there is to tell. */
  settle(isAtEnd = false): void {
    this.notes.settle(isAtEnd ? Number.POSITIVE_INFINITY : this.facts.records)
  }

  /** Tells of the empty lines together: one by one they are of no interest. */
  close(): void {
    this.settle()
    const count = this.facts.skipped - this.skippedBefore
    if (count === 0) return
    const message = 'Empty lines are no records: they are left out.'
    this.facts.note({ reason: 'empty-lines', message, count })
  }

  /** Takes a row that is no record: a skipped one, the header, or an empty line; tells whether it was one. */
  private takeOther(block: CsvRows, row: number, quote: PlacedQuote | undefined): boolean {
    if (this.isFirstRow) this.takeFirst(block, row)
    const isEmpty = block.chars(row) === 0
    const isSkipped = this.leadRows > 0 || (this.tailRows > 0 && !this.wantsHeader)
    if (!isSkipped && !this.wantsHeader && !isEmpty && !this.isLeftOut(block, row)) return false
    if (this.leadRows === 0 && this.wantsHeader && !isEmpty && this.lacksHeader(block, row)) return false
    if (block.chars(row) > this.maxChars) this.refuseOversize()
    else if (quote !== undefined) this.facts.fault(this.openQuoteOf(block, row, quote))
    if (this.leadRows > 0) this.leadRows--
    else if (isSkipped) this.tailRows--
    else if (isEmpty) this.notes.skip(this.nextRecord)
    else if (this.wantsHeader) this.takeHeader(block, row, quote !== undefined)
    this.oversizeTold = false
    return true
  }

  /** Tells whether a row among the records is to be left out by the settings. */
  private isLeftOut(block: CsvRows, row: number): boolean {
    if (this.repeatsHeader(block, row)) return true
    if (this.params.skipLinesBesideRows !== true || !this.isBeside(block, row)) return false
    this.notes.note(this.nextRecord, besideRowsProblem(true))
    return true
  }

  /** Whether a row of a table with several columns is one cell that no table has. */
  private isBeside(block: CsvRows, row: number): boolean {
    if (block.cellCount(row) !== 1 || (this.expectedCells ?? 1) < 2) return false
    return block.chars(row) <= MAX_BESIDE_CHARS && isBesideRows(block.raw(row))
  }

  /** Tells whether a row is the header once more and is to be left out; either way it is told. */
  private repeatsHeader(block: CsvRows, row: number): boolean {
    const { header } = this
    if (header === null || block.chars(row) !== header.chars || block.raw(row) !== header.text) return false
    const isLeftOut = this.params.skipRepeatedHeaders === true
    this.notes.note(this.nextRecord, repeatedHeaderProblem(isLeftOut))
    return isLeftOut
  }

  /** Names the columns by position where few cells of the first row are names that files have: then it is a record. */
  private lacksHeader(block: CsvRows, row: number): boolean {
    const { headerNames = [] } = this.params
    if (headerNames.length === 0 || block.chars(row) > this.maxChars) return false
    const known = new Set(headerNames.map(foldName))
    const cells = block.cells(row)
    // One alone may well be a value: `OK` in a table that has a column of that name.
    if (2 * cells.filter((cell) => known.has(foldName(cell))).length >= cells.length) return false
    this.wantsHeader = false
    this.tailRows = 0
    this.names = new CsvColumnNames(headerNames)
    this.expectedCells = this.names.names.length
    this.layOut()
    return true
  }

  private takeFirst(block: CsvRows, row: number): void {
    this.isFirstRow = false
    const problem = declaredSeparator(block.raw(row, 16), this.params)
    if (problem !== undefined) this.facts.note(problem)
  }

  private takeHeader(block: CsvRows, row: number, isOpen: boolean): void {
    this.wantsHeader = false
    // Of a row that is too large, or open to the end of the file, the names are not known: columns are named by their places.
    if (block.chars(row) > this.maxChars || isOpen) return
    if (block.cellCount(row) > MAX_CSV_COLUMNS) {
      this.facts.fault(tooManyColumnsProblem('The header row', block.cellCount(row)))
    }
    this.names = new CsvColumnNames(block.cells(row))
    this.header = headerOf(block, row)
    for (const { name, place, became } of this.names.renamed) {
      const message = `Column ${place + 1} is named ${name} as an earlier one is: it is read as ${became}.`
      this.facts.note({ reason: 'column-name-twice', message, column: became })
    }
    this.expectedCells = this.names.names.length
    this.layOut()
  }

  /** Notes a row with another number of cells than the header has; tells whether all its cells have a column. */
  private fit(cells: number, block: CsvRows, row: number): boolean {
    if (cells > this.layout.width) {
      this.names.extend(cells)
      this.layOut()
      if (this.layout.width < cells) return false
    }
    this.expectedCells ??= cells
    if (cells === this.expectedCells) return true
    if (this.isBeside(block, row)) this.notes.note(this.nextRecord, besideRowsProblem(false))
    else this.noteRagged(cells, this.expectedCells, () => block.raw(row, EXCERPT_CHARS))
    return true
  }

  /** A row that is too wide widens the file's columns, and is judged by the header's as those behind it are. */
  private noteRagged(cells: number, expected: number, textOfRow: () => string): void {
    const times = this.toldCells.get(cells) ?? 0
    const isTold = times > 0 || this.toldCells.size < MOST_WIDTHS_TOLD
    if (isTold) this.toldCells.set(cells, times + 1)
    this.notes.note(
      this.nextRecord,
      isTold
        ? raggedProblem(cells, expected, this.names.names, times < MOST_EXCERPTS ? textOfRow() : '')
        : otherWidthProblem(expected),
    )
  }

  /** Finds the file's columns among those of the reading, and appends to these, as far as there may be more. */
  private layOut(): void {
    const { columns } = this.facts
    const { places } = this
    for (const name of this.names.names.slice(places.length)) {
      const place = this.known.get(name) ?? columns.length
      if (place === MAX_CSV_COLUMNS) break
      if (place === columns.length) {
        columns.push({ name, type: 'string' })
        this.known.set(name, place)
      }
      this.isInOrder &&= place === places.length
      places.push(place)
    }
    this.layout = { width: places.length, places: this.isInOrder ? null : places }
  }

  private refuse(block: CsvRows, row: number, quote: PlacedQuote | undefined): RecordBatch {
    const { facts } = this
    const place = this.placeOfRow()
    const chars = block.chars(row)
    const text = block.raw(row, SHOWN_ROW_CHARS)
    const problem =
      quote !== undefined
        ? this.openQuoteOf(block, row, quote)
        : chars > this.maxChars
          ? rowTooLargeProblem(place, this.params, this.maxChars)
          : tooManyColumnsProblem(place.name, block.cellCount(row), place.record)
    if (chars > this.maxChars) this.refuseOversize()
    if (quote !== undefined || chars <= this.maxChars) facts.fault(problem)
    this.oversizeTold = false
    facts.unparsed++
    const tooLarge = chars > SHOWN_ROW_CHARS ? { tooLarge: { chars } } : {}
    return new ParsedBatch(this.nextRecord, [{ text, cells: [], unparsed: problem.message, ...tooLarge }])
  }

  private openQuoteOf(block: CsvRows, row: number, quote: PlacedQuote) {
    const text = block.raw(row, SHOWN_ROW_CHARS)
    return openQuoteProblem(this.placeOfRow(), this.params, quote, text, this.names.names[quote.cell])
  }

  private placeOfRow(): { name: string; record: number | undefined } {
    if (this.leadRows > 0) return { name: 'A row before the header', record: undefined }
    if (this.wantsHeader) return { name: 'The header row', record: undefined }
    if (this.tailRows > 0) return { name: 'A row behind the header', record: undefined }
    return { name: `Record ${this.nextRecord}`, record: this.nextRecord }
  }
}

/** What a row is compared with; one cell alone may well come again as a value. */
function headerOf(block: CsvRows, row: number): { text: string; chars: number } | null {
  const chars = block.chars(row)
  return block.cellCount(row) < 2 || chars > MAX_COMPARED_CHARS ? null : { text: block.raw(row), chars }
}
