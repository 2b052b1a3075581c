import type { CounterExample, SchemaReport } from '#lib/domain/datasets/schema-report'
import type { Preview } from '#lib/domain/formats/wire'

/** What is known of a column of the files. */
export interface ColumnFacts {
  type: string
  present: number
  empty: number
  /** Records that were looked at. */
  records: number
  firstSeen: { path: string; modifiedAt: string | null }
  longestChars: number
  examples: readonly string[]
  against: readonly CounterExample[]
}

/** What is known of columns by their names in the files; null where nothing was read yet. */
export interface KnownColumns {
  from: 'files' | 'preview'
  names: readonly { name: string; type: string }[]
  /** Undefined for a column that the files do not have. */
  factsOf: (source: string) => ColumnFacts | undefined
}

const MOST_EXAMPLES = 3
const EXAMPLE_CHARS = 120

/** Knows columns from a report of several files, or from the preview of one; columns are looked into when asked for. */
export function knowColumns(report: SchemaReport | null, preview: Preview | null): KnownColumns | null {
  if (report && report.files.length > 0) return knowReport(report)
  return preview && preview.looksLike === null ? knowPreview(preview) : null
}

function knowReport({ columns, records }: SchemaReport): KnownColumns {
  const byName = new Map(columns.map((column) => [column.name, column]))
  return {
    from: 'files',
    names: columns,
    factsOf: (source) => {
      const column = byName.get(source)
      return column && { ...column, records }
    },
  }
}

function knowPreview(preview: Preview): KnownColumns {
  const places = new Map(preview.columns.map(({ name }, place) => [name, place]))
  const known = new Map<string, ColumnFacts>()
  return {
    from: 'preview',
    names: preview.columns,
    factsOf: (source) => {
      const place = places.get(source)
      if (place === undefined) return undefined
      const facts = known.get(source) ?? lookInto(preview, place)
      known.set(source, facts)
      return facts
    },
  }
}

function lookInto({ rows, columns, usedPath }: Preview, place: number): ColumnFacts {
  const parsed = rows.filter(({ unparsed }) => unparsed === undefined)
  const examples = new Set<string>()
  let [present, empty, longestChars] = [0, 0, 0]
  for (const { cells, absent } of parsed) {
    const cell = cells[place]
    if (cell === undefined || absent?.includes(place)) continue
    present++
    if (cell === null || cell === '') empty++
    else {
      longestChars = Math.max(longestChars, cell.length)
      if (examples.size < MOST_EXAMPLES) examples.add(cell.slice(0, EXAMPLE_CHARS))
    }
  }
  return {
    type: columns[place]?.type ?? 'string',
    present,
    empty,
    records: parsed.length,
    firstSeen: { path: usedPath, modifiedAt: null },
    longestChars,
    examples: [...examples],
    against: [],
  }
}

/** `"100 %"` only where it is all of them, `"0 %"` only where it is none. */
export function sayShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %'
  return `${Math.max(1, Math.floor((part / whole) * 100))} %`
}
