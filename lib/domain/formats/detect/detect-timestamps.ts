import { type FormatSettings, sampleCells } from '../catalogue'
import type { Detection } from '../detection'
import type { TextSample } from './text-sample'
import { layoutOfEpoch, layoutOfNumericDates, layoutOfTime, type NumericDates } from './time-layout'

type Timestamp = Detection['timestamps'][number]

/** Values that are written otherwise are faults of the data, not another layout. */
const NEEDED_SHARE = 0.95
const MAX_CHARS = 40
const NULLS = new Set(['', '-', 'null', 'NULL', '\\N'])
/** Numbers are times only where the name says so. */
const TIME_NAME =
  /time|date|stamp|epoch|(?:^|[_.\s-])(?:ts|at|start|end|when|created|modified|updated|since|until|expires?)(?:$|[_.\s-])|[a-z](?:At|On|Ts)$/i

/** Finds the columns that hold times when the samples are read with a format, and how those are written. */
export function detectTimestamps(samples: readonly TextSample[], format: FormatSettings): Timestamp[] {
  return sampleCells(samples, format).flatMap(({ name, cells }) => {
    const values = cells.filter((cell) => !NULLS.has(cell))
    const [example] = values
    if (example === undefined || values.some((value) => value.length > MAX_CHARS)) return []
    const found = layoutOf(name, values)
    return found === undefined
      ? []
      : [{ column: name, ...found, example: cells.find((cell) => cell.length > 1) ?? example }]
  })
}

function layoutOf(name: string, values: readonly string[]): NumericDates | undefined {
  const written = usual(values, layoutOfTime)
  if (written !== undefined) return { layout: written }
  const numeric = layoutOfNumericDates(withoutTotals(values))
  if (numeric !== undefined) return numeric
  const epoch = TIME_NAME.test(name) ? usual(values, layoutOfEpoch) : undefined
  return epoch === undefined ? undefined : { layout: epoch }
}

/** Words that end a column of dates, as sums beneath a table do, where nearly all other values have digits. */
function withoutTotals(values: readonly string[]): readonly string[] {
  const dates = values.filter((value) => /\d/.test(value))
  return dates.length >= values.length * NEEDED_SHARE ? dates : values
}

/** The layout that nearly all values have; fractions of any length count as one. */
function usual(values: readonly string[], tell: (value: string) => string | undefined): string | undefined {
  const counts = new Map<string, { layout: string; seen: number }>()
  for (const value of values) {
    const layout = tell(value)
    if (layout === undefined) continue
    const family = layout.replace(/[.,]S+/, '')
    const known = counts.get(family)
    if (known === undefined) counts.set(family, { layout, seen: 1 })
    else {
      known.seen++
      if (layout.length > known.layout.length) known.layout = layout
    }
  }
  for (const { layout, seen } of counts.values()) if (seen >= values.length * NEEDED_SHARE) return layout
  return undefined
}
