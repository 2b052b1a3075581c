import { cutShort } from './cut-short'
import { MOST_COLUMNS, type SchemaColumn } from './definition'
import { findOddHeaders } from './find-headerless'
import { TypeInference } from './infer-type'
import { fitsMeaning } from './meanings'
import { sourceOf } from './schema-diff'
import type { ColumnCheck, FoundColumn, SchemaReport, ValuePlace } from './schema-report'
import { fitsType, widen } from './storage-types'

type Place = Omit<ValuePlace, 'excerpt'>
type Finding = { count: number; first: ValuePlace }

interface Check {
  column: number
  schema: SchemaColumn
  misfits: Finding | null
  otherMeaning: Finding | null
  tooLong: Finding | null
}

interface Column {
  name: string
  type: string
  present: number
  empty: number
  longestChars: number
  examples: string[]
  inference: TypeInference<Place> | null
  /** One for each column of the schema that holds this one. */
  checks: Check[]
}

/** One record as its format took it apart. */
export interface CollectedRecord {
  /** Its number in the file, from 1. */
  number: number
  /** In the order of the file's columns; null where the file says null, undefined where the record has none. */
  cells: readonly (string | null | undefined)[]
  /** Its cells are not whole; their types cannot be told. */
  tooLarge: { chars: number } | undefined
}

export interface CollectedFile {
  path: string
  modifiedAt: string
}

const MOST_EXAMPLES = 3
const MOST_NAMES_TOLD = 5

/** What is to be looked for in the columns of files. */
export interface CollectOptions {
  schema: readonly SchemaColumn[]
  /** Tells of a column of the files whether its texts are asked for a narrower type. */
  infers: (column: { name: string; type: string }) => boolean
}

/** The columns of one file, collected record by record. A column named twice is the later one, as it is read. */
export class FileColumns {
  records = 0
  unparsed = 0
  /** Columns beyond as many as a schema can have. */
  leftOut = 0
  readonly columns = new Map<string, Column>()
  private readonly placed: (Column | undefined)[] = []
  private readonly placeOf = new Map<string, number>()
  private readonly schemaOf = new Map<string, number[]>()

  constructor(
    readonly file: CollectedFile,
    private readonly options: CollectOptions,
  ) {
    for (const [index, column] of options.schema.entries()) {
      const places = this.schemaOf.get(sourceOf(column))
      if (places) places.push(index)
      else this.schemaOf.set(sourceOf(column), [index])
    }
  }

  /** Takes over the columns of the file that came since the last call. */
  know(columns: readonly { name: string; type: string }[]): void {
    for (let place = this.placed.length; place < columns.length; place++) {
      const found = columns[place]
      if (found === undefined) return
      const before = this.placeOf.get(found.name)
      if (before === undefined && this.columns.size >= MOST_COLUMNS) {
        this.leftOut++
        this.placed.push(undefined)
        continue
      }
      if (before !== undefined) this.placed[before] = undefined
      const column = this.columns.get(found.name) ?? this.begin(found)
      this.columns.set(found.name, column)
      this.placeOf.set(found.name, place)
      this.placed.push(column)
    }
  }

  add(record: CollectedRecord): void {
    this.records++
    const place = { path: this.file.path, record: record.number }
    const last = Math.min(record.cells.length, this.placed.length)
    for (let index = 0; index < last; index++) {
      const cell = record.cells[index]
      const column = this.placed[index]
      if (column === undefined || cell === undefined) continue
      column.present++
      if (cell === null || cell === '') column.empty++
      else take(column, cell, place, record)
    }
  }

  private begin({ name, type }: { name: string; type: string }): Column {
    return {
      name,
      type,
      present: 0,
      empty: 0,
      longestChars: 0,
      examples: [],
      inference: this.options.infers({ name, type }) ? new TypeInference() : null,
      checks: (this.schemaOf.get(name) ?? []).flatMap((column): Check[] => {
        const schema = this.options.schema[column]
        return schema ? [{ column, schema, misfits: null, otherMeaning: null, tooLong: null }] : []
      }),
    }
  }
}

function take(column: Column, cell: string, place: Place, { cells, tooLarge }: CollectedRecord): void {
  // A record that is one cell says how long that is; of others only what is held is known.
  const chars = tooLarge && cells.length === 1 ? tooLarge.chars : cell.length
  if (chars > column.longestChars) column.longestChars = chars
  if (column.examples.length < MOST_EXAMPLES) {
    const example = cutShort(cell)
    if (!column.examples.includes(example)) column.examples.push(example)
  }
  for (const check of column.checks) {
    const { maxLength } = check.schema
    if (maxLength !== undefined && maxLength >= 0 && chars > maxLength)
      check.tooLong = count(check.tooLong, cell, place)
  }
  if (tooLarge) return
  column.inference?.add(cell, place)
  for (const check of column.checks) {
    const { type, meaning } = check.schema
    if (!fitsType(cell, type)) check.misfits = count(check.misfits, cell, place)
    if (meaning && !fitsMeaning(cell, meaning)) check.otherMeaning = count(check.otherMeaning, cell, place)
  }
}

function count(finding: Finding | null, cell: string, place: Place): Finding {
  if (finding === null) return { count: 1, first: { ...place, excerpt: cutShort(cell) } }
  finding.count++
  return finding
}

/**
 * Puts the columns of several files together, in the order in which they are met. Where headers name the columns, files
 * that seem to have none are told and add nothing.
 */
export function uniteColumns(
  files: readonly FileColumns[],
  { haveHeaders = false }: { haveHeaders?: boolean } = {},
): Pick<
  SchemaReport,
  'files' | 'records' | 'unparsed' | 'columns' | 'columnsLeftOut' | 'checks' | 'headerless' | 'renamed'
> {
  const united = new Map<string, { column: Column; firstSeen: FoundColumn['firstSeen'] }>()
  const odd = findOddHeaders(haveHeaders ? files : [])
  const headerless = new Set(odd.headerless)
  let leftOut = 0
  for (const one of files) {
    if (headerless.has(one)) continue
    const { columns, file } = one
    for (const column of columns.values()) {
      const known = united.get(column.name)
      if (known) mergeColumn(known.column, column)
      else if (united.size < MOST_COLUMNS) united.set(column.name, { column, firstSeen: file })
      else leftOut++
    }
  }
  const columns = [...united.values()]
  return {
    files: files.map(({ file, records }) => ({ ...file, records })),
    records: files.reduce((sum, { records }) => sum + records, 0),
    unparsed: files.reduce((sum, { unparsed }) => sum + unparsed, 0),
    columns: columns.map(({ column, firstSeen }) => toFound(column, firstSeen)),
    columnsLeftOut: Math.max(leftOut, ...files.map((one) => one.leftOut)),
    headerless: [...headerless].map(({ file, columns: { size } }) => ({ path: file.path, columns: size })),
    renamed: odd.renamed.map(({ file, columns }) => ({
      path: file.path,
      names: [...columns.keys()].slice(0, MOST_NAMES_TOLD).map(cutShort),
    })),
    checks: columns
      .flatMap(({ column }) => column.checks.flatMap(toCheck))
      .sort((a, b) => a.column - b.column),
  }
}

function mergeColumn(into: Column, later: Column): void {
  into.type = widen(into.type, later.type)
  into.present += later.present
  into.empty += later.empty
  into.longestChars = Math.max(into.longestChars, later.longestChars)
  into.examples = [...new Set([...into.examples, ...later.examples])].slice(0, MOST_EXAMPLES)
  if (into.inference && later.inference) into.inference.merge(later.inference)
  for (const [index, check] of into.checks.entries()) {
    const other = later.checks[index]
    check.misfits = join(check.misfits, other?.misfits)
    check.otherMeaning = join(check.otherMeaning, other?.otherMeaning)
    check.tooLong = join(check.tooLong, other?.tooLong)
  }
}

const join = (before: Finding | null, later: Finding | null | undefined): Finding | null =>
  before && later ? { first: before.first, count: before.count + later.count } : (before ?? later ?? null)

function toFound(column: Column, firstSeen: FoundColumn['firstSeen']): FoundColumn {
  const { inference, checks: _, ...facts } = column
  return {
    ...facts,
    firstSeen,
    inferred: inference?.type ?? column.type,
    against:
      inference?.against().map(({ value, place, ...rest }) => ({ ...rest, ...place, excerpt: value })) ?? [],
  }
}

function toCheck({ column, misfits, otherMeaning, tooLong }: Check): ColumnCheck[] {
  return misfits || otherMeaning || tooLong ? [{ column, misfits, otherMeaning, tooLong }] : []
}
