import type { CsvDialect } from '../csv-rows'
import { isBesideRows } from '../lines-beside-rows'
import { isName, kindOfCell, kindOfColumn } from './cell-kind'
import { csvRows } from './csv-rows'
import { fileNoun, type TextSample } from './text-sample'

/** The table that one file holds when it is read in a dialect. */
export interface CsvTable {
  path: string
  /** Rows before the table: comments, a title, `sep=;`. */
  before: string[][]
  rows: string[][]
  faults: number
  /** Cells of its rows: the usual number, or another that nearly all of its own rows have. */
  width: number
  /** The file ends within its last row, which is left out. */
  isTorn: boolean
}

/** How well a dialect explains the samples. */
export interface CsvLook {
  dialect: CsvDialect
  tables: CsvTable[]
  /** How the files are called that these stand in, see `fileNoun`. */
  noun: string
  /** Cells of most rows. */
  width: number
  /** Rows of the width of their file, of all. */
  fitting: number
  all: number
  faults: number
  /** 0 to 1: how much the columns are of one kind each, a text counting half. */
  coherence: number
  /** 0 to 1: how many columns are of a kind that is no text. */
  typed: number
  /** 0 to 1: how many columns hold nothing. */
  empty: number
  skipRows: number
  /** The one row of each file goes on behind what was looked at, and what is there of it looks like a table's. */
  isWideRow: boolean
}

const MAX_ROWS_BEFORE = 30
/** Rows of each file whose cells are looked at. */
const KIND_ROWS = 60

/** Takes the samples apart in a dialect; undefined where that gives no table. */
export function lookAtCsv(samples: readonly TextSample[], dialect: CsvDialect): CsvLook | undefined {
  const parsed = samples.map(({ path, text, whole }) => ({ path, ...csvRows(text, dialect, whole) }))
  const width = usualWidth(parsed.flatMap(({ rows }) => rows))
  if (width < 2) return undefined
  const tables = parsed.map((file, index) => toTable(file, width, /[\r\n]$/.test(samples[index]?.text ?? '')))
  const rows = tables.flatMap((table) => table.rows)
  const all = rows.filter((row) => !isBlank(row)).length
  const kinds = columnKinds(tables, width)
  return {
    dialect,
    tables,
    noun: fileNoun(samples),
    width,
    fitting: tables.reduce((sum, table) => sum + countFitting(table.rows, table.width), 0),
    all,
    faults: tables.reduce((sum, table) => sum + table.faults, 0),
    coherence:
      kinds.reduce((sum, kind) => sum + (kind === 'text' ? 0.5 : kind === 'empty' ? 0.6 : 1), 0) / width,
    typed: kinds.filter((kind) => kind !== 'text' && kind !== 'empty').length / width,
    empty: kinds.filter((kind) => kind === 'empty').length / width,
    skipRows: usualNumber(tables.map(({ before }) => before.length)),
    isWideRow: samples.every(({ whole }, index) => !whole && isWideRow(parsed[index]?.rows ?? [])),
  }
}

/** Cells from which one row alone tells of a table. */
const WIDE_CELLS = 50

/** One row of names or values, without the spaces that follow the commas of a text. */
function isWideRow(rows: readonly string[][]): boolean {
  const [row = []] = rows
  if (rows.length !== 1 || row.length < WIDE_CELLS) return false
  const telling = row.filter((cell) => (isName(cell) && !cell.startsWith(' ')) || kindOfCell(cell) !== 'text')
  return telling.length >= row.length * 0.9
}

interface FileRows {
  path: string
  rows: string[][]
  faults: number
}

/** A file that is steady with another number of cells has columns more or less than the others, and is no misfit. */
function toTable({ path, rows, faults }: FileRows, usual: number, endsItsLine: boolean): CsvTable {
  const own = usualWidth(rows)
  const filled = rows.filter((row) => !isBlank(row))
  const isSteady = filled.length > 1 && countFitting(filled, own) >= filled.length * STEADY_SHARE
  const width = own > 1 && isSteady ? own : usual
  const isTorn = !endsItsLine && rows.length > 2 && (rows.at(-1)?.length ?? 0) < width
  return { path, faults, width, isTorn, ...splitAtTable(isTorn ? rows.slice(0, -1) : rows, width) }
}

const STEADY_SHARE = 0.9

/** Rows of the usual width; the first one may be a header that is short of one name. */
const countFitting = (rows: readonly string[][], width: number) =>
  rows.filter((row, index) => row.length === width || (index === 0 && row.length === width - 1)).length

/** A row of nothing but a line end, or what database clients print beside the rows. */
const isBlank = ([first = '', ...others]: readonly string[]) =>
  others.length === 0 && (first.trim() === '' || isBesideRows(first))

function usualWidth(rows: readonly string[][]): number {
  return usualNumber(rows.filter((row) => !isBlank(row)).map((row) => row.length))
}

/** The number that comes most often, the larger one of two. */
function usualNumber(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

/** Leaves out what stands before the first row of the usual width; comments may have that width by chance. */
function splitAtTable(rows: readonly string[][], width: number): Pick<CsvTable, 'before' | 'rows'> {
  let start = 0
  for (const [index, row] of rows.slice(0, MAX_ROWS_BEFORE).entries()) {
    if (row.length >= width && !standsBefore(row, rows[index + 1] ?? [])) {
      start = index > 0 && isShortHeader(rows[index - 1] ?? [], row) ? index - 1 : index
      return { before: rows.slice(0, start), rows: rows.slice(start) }
    }
  }
  return { before: [], rows: [...rows] }
}

/** A comment before another, what Excel is told of the separator, or a title that was given the table's separators. */
function standsBefore(row: readonly string[], next: readonly string[]): boolean {
  const [first = ''] = row
  if (first.startsWith('#') && next[0]?.startsWith('#') === true) return true
  if (/^sep=.?$/.test(first)) return true
  const isAlone = row.length > 2 && first !== '' && row.slice(1).every((cell) => cell === '')
  return isAlone && next.length === row.length && next.every((cell) => cell !== '')
}

/** A header that names all columns but the last, as Windows exports its events. */
function isShortHeader(header: readonly string[], row: readonly string[]): boolean {
  return row.length >= 4 && header.length === row.length - 1 && header.every(isName) && !row.every(isName)
}

/** The kind of each column; the first row of a file may be its header and is left out where there are more. */
function columnKinds(tables: readonly CsvTable[], width: number) {
  const rows = tables.flatMap((table) => table.rows.slice(table.rows.length > 1 ? 1 : 0, KIND_ROWS))
  return Array.from({ length: width }, (_, column) =>
    kindOfColumn(rows.flatMap((row) => (row.length === width ? [row[column] ?? ''] : []))),
  )
}
