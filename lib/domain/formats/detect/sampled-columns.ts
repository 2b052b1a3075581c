import { escapeName } from '../root-path'
import type { JsonRecord } from './look-at-json'

/** Some values of one column, as texts. */
export interface ColumnCells {
  name: string
  cells: string[]
}

/** Values of one column that are looked at. */
export const MAX_COLUMN_CELLS = 100
const MAX_COLUMNS = 500

/** Some values of each column, as samples are taken apart. */
export class SampledColumns {
  private readonly byName = new Map<string, string[]>()

  get all(): ColumnCells[] {
    return [...this.byName].map(([name, cells]) => ({ name, cells }))
  }

  add(name: string, cell: string): void {
    const cells = this.byName.get(name)
    if (cells !== undefined) {
      if (cells.length < MAX_COLUMN_CELLS) cells.push(cell)
    } else if (this.byName.size < MAX_COLUMNS) this.byName.set(name, [cell])
  }

  /** Whether further values of these columns would not be kept; never where there are none yet. */
  areFull(names: readonly string[]): boolean {
    return names.length > 0 && names.every((name) => (this.byName.get(name)?.length ?? 0) >= MAX_COLUMN_CELLS)
  }

  addRow(row: readonly string[], names: readonly string[]): void {
    for (const [index, cell] of row.entries()) this.add(names[index] ?? '', cell)
  }

  addRecord(record: JsonRecord, depth: number, prefix = ''): void {
    for (const [name, value] of Object.entries(record)) {
      if (typeof value === 'string' || typeof value === 'number')
        this.add(prefix + escapeName(name), String(value))
      else if (depth > 0 && typeof value === 'object' && value !== null && !Array.isArray(value))
        this.addRecord(value as JsonRecord, depth - 1, `${prefix}${escapeName(name)}.`)
    }
  }
}
