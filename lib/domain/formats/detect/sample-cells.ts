import { CsvColumnNames } from '../csv-columns'
import { escapeName } from '../root-path'
import type { FormatSettings } from '../wire'
import { csvRows } from './csv-rows'
import { type JsonRecord, lookAtJson } from './look-at-json'
import { compilePattern } from './propose-presets'
import { firstLines, type TextSample } from './text-sample'

/** Some values of one column, as texts. */
export interface ColumnCells {
  name: string
  cells: string[]
}

const MAX_CELLS = 100
const MAX_COLUMNS = 500

/** Some values of each column that the samples have when they are read with a format; none for whole lines. */
export function sampleCells(samples: readonly TextSample[], format: FormatSettings): ColumnCells[] {
  const texts = samples.filter(({ looksLike }) => looksLike === null)
  const columns = new Columns()
  if (format.type === 'json') {
    for (const sample of texts)
      for (const record of lookAtJson(sample).records) columns.addRecord(record, format.params.maxDepth)
  } else if (format.type === 'csv') {
    const { skipRowsBeforeHeader, parseHeaderRow, skipRowsAfterHeader } = format.params
    for (const { text, whole } of texts) {
      const rows = csvRows(text, format.params, whole).rows.slice(skipRowsBeforeHeader)
      const header = parseHeaderRow ? (rows[0] ?? []) : []
      const from = parseHeaderRow ? 1 + skipRowsAfterHeader : skipRowsAfterHeader
      const names = new CsvColumnNames(header)
      for (const row of rows.slice(from)) {
        names.extend(row.length)
        columns.addRow(row, names.names)
      }
    }
  } else if (format.type === 'regexp') {
    const pattern = compilePattern(format.params.pattern)
    for (const { text } of texts)
      for (const line of firstLines(text, MAX_CELLS))
        for (const [name, cell] of Object.entries(pattern.exec(line)?.groups ?? {}))
          columns.add(name, cell ?? '')
  }
  return columns.all
}

class Columns {
  private readonly byName = new Map<string, string[]>()

  get all(): ColumnCells[] {
    return [...this.byName].map(([name, cells]) => ({ name, cells }))
  }

  add(name: string, cell: string): void {
    const cells = this.byName.get(name)
    if (cells !== undefined) {
      if (cells.length < MAX_CELLS) cells.push(cell)
    } else if (this.byName.size < MAX_COLUMNS) this.byName.set(name, [cell])
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
