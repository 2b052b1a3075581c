import 'server-only'
import type { CsvRows } from '#lib/domain/formats/csv-rows'
import type { Cell, RecordBatch } from '../records'

/** How the cells of a file's rows become cells of the reading's columns. */
export interface CsvLayout {
  /** Columns that the rows have at least; a shorter row lacks those at its end. */
  width: number
  /** The place of each of the file's columns among the reading's; null when they are the same. */
  places: readonly number[] | null
}

/** Some rows of a text, whose cells are made when asked. */
export class CsvBatch implements RecordBatch {
  constructor(
    readonly firstRecord: number,
    private readonly block: CsvRows,
    private readonly rows: readonly number[],
    private readonly layout: CsvLayout,
  ) {}

  get count(): number {
    return this.rows.length
  }

  text(index: number): string {
    return this.block.raw(this.rows[index] ?? -1)
  }

  cells(index: number): Cell[] {
    const cells: Cell[] = this.block.values(this.rows[index] ?? -1)
    const { width, places } = this.layout
    while (cells.length < width) cells.push(undefined)
    return places === null ? cells : placeCells(cells, places)
  }

  tooLarge(): undefined {
    return undefined
  }

  unparsed(): undefined {
    return undefined
  }

  /** A large row is alone in its text; the others share theirs with further batches. */
  release(): void {
    if (this.block.count === 1) this.block.release()
  }

  take(count: number): RecordBatch {
    return new CsvBatch(this.firstRecord, this.block, this.rows.slice(0, count), this.layout)
  }
}

function placeCells(cells: readonly Cell[], places: readonly number[]): Cell[] {
  const placed: Cell[] = []
  for (const [index, cell] of cells.entries()) {
    const place = places[index] ?? index
    while (placed.length <= place) placed.push(undefined)
    placed[place] = cell
  }
  return placed
}
