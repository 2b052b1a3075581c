import { type Dimension, findTimeDimension } from '../partitioning/dimensions'
import type { LedgerWire } from '../partitioning/ledger-wire'
import { formatPeriod, type Period, parsePeriod, periodAt } from '../partitioning/periods'

/** Above this many cells nobody looks for gaps one by one. */
const MOST_CELLS = 200_000

export interface CoverageCell {
  period: string
  files: number
  bytes: number
  state: 'full' | 'empty' | 'filling'
}

/** What a listing covers: the periods of each value, and which of them are missing. */
export interface Coverage {
  period: Period
  /** The discrete values joined by `|`, `""` without any, each with the periods it has. */
  values: { value: string; cells: CoverageCell[] }[]
  /** Periods from the first one listed to the current one. */
  periods: number
  /** Values × periods, the current one among them; null where that is more than can be told apart. */
  expected: number | null
  /** Ids of those without a file, the newest first. */
  missing: string[]
}

type Partitions = LedgerWire['partitions']

/**
 * Lines the partitions of a listing up by value and period, up to the period of `nowMs`, which is still filling and never
 * missing. Null without a time dimension or without partitions.
 */
export function measureCoverage(
  partitions: Partitions,
  dimensions: readonly Dimension[],
  nowMs: number,
): Coverage | null {
  const time = findTimeDimension(dimensions)
  if (!time || partitions.length === 0) return null
  const { period } = time.params
  const at = dimensions.indexOf(time)
  const current = periodAt(nowMs, period)
  const byValue = new Map<string, Map<number, CoverageCell>>()
  let first = current
  for (const { id, files, sizeBytes } of partitions) {
    const parts = id.split('|')
    const ordinal = parsePeriod(parts[at] ?? '', period)
    if (ordinal === null) continue
    first = Math.min(first, ordinal)
    const value = parts.filter((_, index) => index !== at).join('|')
    const state = ordinal === current ? 'filling' : sizeBytes === 0 ? 'empty' : 'full'
    const cells = byValue.get(value) ?? new Map<number, CoverageCell>()
    cells.set(ordinal, { period: formatPeriod(ordinal, period), files, bytes: sizeBytes, state })
    byValue.set(value, cells)
  }
  const values = [...byValue.keys()].sort()
  for (const cells of byValue.values()) addCurrent(cells, current, period)
  const periods = current - first + 1
  const isCountable = values.length * periods <= MOST_CELLS
  return {
    period,
    values: values.map((value) => ({ value, cells: cellsOf(byValue, value) })),
    periods,
    expected: isCountable ? values.length * periods : null,
    missing: isCountable ? findMissing(byValue, values, { first, current, period, at }) : [],
  }
}

const cellsOf = (byValue: Map<string, Map<number, CoverageCell>>, value: string): CoverageCell[] =>
  [...(byValue.get(value) ?? [])].sort(([a], [b]) => a - b).map(([, cell]) => cell)

/** Objects still arrive in the current period: it is there from its start. */
function addCurrent(cells: Map<number, CoverageCell>, current: number, period: Period): void {
  if (cells.has(current)) return
  cells.set(current, { period: formatPeriod(current, period), files: 0, bytes: 0, state: 'filling' })
}

function findMissing(
  byValue: Map<string, Map<number, CoverageCell>>,
  values: readonly string[],
  { first, current, period, at }: { first: number; current: number; period: Period; at: number },
): string[] {
  const missing: string[] = []
  for (let ordinal = current - 1; ordinal >= first; ordinal--) {
    for (const value of values) {
      if (!byValue.get(value)?.has(ordinal)) missing.push(joinId(value, formatPeriod(ordinal, period), at))
    }
  }
  return missing
}

/** The id of a value and a period, where the time dimension stands at `at`: `"design|2026-11-22"`. */
export function joinId(value: string, period: string, at: number): string {
  const parts = value === '' ? [] : value.split('|')
  parts.splice(at, 0, period)
  return parts.join('|')
}
