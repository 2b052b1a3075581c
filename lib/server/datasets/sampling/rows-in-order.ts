import 'server-only'

/** How much rows may be: their number, and their characters together in UTF-16 units. */
export interface RowsLimit {
  rows: number
  chars: number
}

/** Rows of one file, in the order they were offered. */
export interface FileRows<Row> {
  readonly rows: readonly Row[]
  readonly chars: number
}

/**
 * Rows of a few files that are read at the same time. Of them, laid one file after the other, it keeps as many from the
 * beginning as the limit allows, and never holds more: what follows enough rows is let go of at once, and the result does
 * not depend on which file is faster.
 */
export class RowsInOrder<Row> {
  private readonly files: { rows: Row[]; sizes: number[]; chars: number }[]
  private count = 0
  private chars = 0
  /** Files from this one on can add nothing any more. */
  private closedFrom: number

  constructor(
    files: number,
    private readonly limit: RowsLimit,
  ) {
    this.files = Array.from({ length: files }, () => ({ rows: [], sizes: [], chars: 0 }))
    this.closedFrom = files
  }

  /** Adds the next row of a file; tells whether further rows of it may be wanted. */
  add(place: number, row: Row, chars: number): boolean {
    const file = this.files[place]
    if (file === undefined || place >= this.closedFrom) return false
    file.rows.push(row)
    file.sizes.push(chars)
    file.chars += chars
    this.count++
    this.chars += chars
    this.trim()
    return place < this.closedFrom
  }

  /** Tells whether rows of a file may be wanted. */
  takes(place: number): boolean {
    return place < this.closedFrom
  }

  /** Files from the first to the one that filled the limit; `full` when there was one. */
  taken(): { files: readonly FileRows<Row>[]; full: boolean } {
    return { files: this.files.slice(0, this.closedFrom + 1), full: this.closedFrom < this.files.length }
  }

  /** Lets nothing follow what a file gave: it holds more than was kept of it, so there would be a gap. */
  close(place: number): void {
    this.closedFrom = Math.min(this.closedFrom, place)
  }

  private trim(): void {
    while (this.count > this.limit.rows || this.chars > this.limit.chars) this.dropLast()
    if (this.count === this.limit.rows) this.close(this.lastWithRows())
  }

  private dropLast(): void {
    const place = this.lastWithRows()
    const file = this.files[place]
    if (file === undefined) return
    file.rows.pop()
    const chars = file.sizes.pop() ?? 0
    file.chars -= chars
    this.chars -= chars
    this.count--
    this.close(place)
  }

  private lastWithRows(): number {
    return this.files.findLastIndex(({ rows }) => rows.length > 0)
  }
}
