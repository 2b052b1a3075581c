import { formatBytes, formatCount, formatQuantity } from '#lib/domain/format'
import { findSizeOutliers, type SizeOutlier } from '#lib/domain/partitioning/size-outliers'
import { fillPeriods, type PeriodKind } from './calendar-periods'

/** `filling`: its period is not over; `failed`: a file cannot be read; `missing`: expected, without a file. */
export type CellState = 'full' | 'empty' | 'missing' | 'filling' | 'failed'

export interface CalendarCell {
  /** `"2026-11-22"`, as its step writes it. */
  period: string
  files: number
  bytes: number
  state: CellState
  /** Its size is far from the usual of its value; the calendar finds that itself. */
  outlier?: SizeOutlier
}

/** One value of the discrete dimensions (`"design"`, `""` without any) and its periods. */
export interface CalendarValue {
  value: string
  cells: readonly CalendarCell[]
}

/** Some periods of one value, both ends included. */
export interface CalendarRange {
  value: string
  from: string
  to: string
}

export interface CalendarRow {
  value: string
  cells: CalendarCell[]
  files: number
  bytes: number
}

export interface Calendar {
  kind: PeriodKind
  periods: string[]
  /** Those that are shown: 20 at most. */
  rows: CalendarRow[]
  /** How many values match the search. */
  matching: number
  /** The colours of all values, shown or not. */
  scale: HeatScale
}

/**
 * Lines the values that match a search up over the periods of all; what is not given is missing. What is the same for all
 * searches is found once.
 */
export function openCalendar(
  values: readonly CalendarValue[],
  kind: PeriodKind,
): (query: string) => Calendar {
  const periods = fillPeriods(
    values.flatMap((value) => value.cells.map((cell) => cell.period)),
    kind,
  )
  const scale = buildScale(values)
  return (query) => {
    // Of thousands of values over years only what is shown is filled: the cells would be millions.
    const { shown, matching } = chooseValues(values, query)
    const rows = shown.map((value) => buildRow(value, periods))
    return { kind, periods, rows, matching, scale }
  }
}

function buildRow({ value, cells }: CalendarValue, periods: readonly string[]): CalendarRow {
  const known = new Map(cells.map((cell) => [cell.period, cell]))
  const filled = periods.map(
    (period): CalendarCell => known.get(period) ?? { period, files: 0, bytes: 0, state: 'missing' },
  )
  return {
    value,
    cells: markOutliers(filled),
    files: filled.reduce((sum, cell) => sum + cell.files, 0),
    bytes: bytesOf(filled),
  }
}

const bytesOf = (cells: readonly CalendarCell[]) => cells.reduce((sum, { bytes }) => sum + bytes, 0)

/** Compares whole periods with each other: one that still fills is small for that reason. */
function markOutliers(cells: readonly CalendarCell[]): CalendarCell[] {
  const outliers = findSizeOutliers(cells.map(({ state, bytes }) => (state === 'full' ? bytes : 0)))
  return cells.map((cell, at) => {
    const outlier = outliers[at]
    return outlier ? { ...cell, outlier } : cell
  })
}

/** What a size unlike the others is called. */
export const OUTLIER_LABELS: Record<SizeOutlier, string> = {
  larger: 'much larger than usual',
  smaller: 'much smaller than usual',
}

/** Five steps of one hue from nothing to the largest usual size, over its cube root: half of it is one step less, a tenth two. */
export interface HeatScale {
  /** The largest size that is not far above its value's others, where the last step ends. */
  mostBytes: number
  /** Whether sizes far above the others are in the last step too. */
  exceeded: boolean
}

const STEPS = 5

function buildScale(values: readonly CalendarValue[]): HeatScale {
  let usual = 0
  let most = 0
  for (const { cells } of values)
    for (const cell of markOutliers(cells)) {
      if (!hasHeat(cell)) continue
      most = Math.max(most, cell.bytes)
      if (cell.outlier !== 'larger') usual = Math.max(usual, cell.bytes)
    }
  return { mostBytes: usual, exceeded: most > usual }
}

/** Whether size colours a cell; the others have a shape of their own. */
export function hasHeat(cell: CalendarCell): boolean {
  return cell.state === 'full' || cell.state === 'filling'
}

/** The step of a size, 1 to 5. */
export function heatStep(bytes: number, { mostBytes }: HeatScale): number {
  if (mostBytes === 0) return 1
  return Math.min(STEPS, 1 + Math.floor(Math.cbrt(bytes / mostBytes) * STEPS))
}

/** Where a step begins, in bytes; step 6 is where the last one ends. */
export function stepStart(step: number, { mostBytes }: HeatScale): number {
  return mostBytes * ((step - 1) / STEPS) ** 3
}

/** What a cell says: `"design · 2026-11-22 · 4 files · 1.2 MB"`. */
export function sayCell(value: string, cell: CalendarCell): string {
  const files = formatQuantity(cell.files, 'file')
  const said: Record<CellState, string[]> = {
    full: [files, formatBytes(cell.bytes)],
    filling: ['still filling', files, formatBytes(cell.bytes)],
    empty: [files, 'no record'],
    failed: [files, 'unreadable'],
    missing: ['missing'],
  }
  const outlier = cell.outlier && OUTLIER_LABELS[cell.outlier]
  return [value, cell.period, ...said[cell.state], outlier].filter(Boolean).join(' · ')
}

/** Whether one looks for it: a period without files, without records or unreadable, or of a size unlike the others. */
export const isConspicuous = ({ state, outlier }: CalendarCell): boolean =>
  outlier !== undefined || state === 'missing' || state === 'empty' || state === 'failed'

/** A value with what is conspicuous about it: `"design · 665 files · 7 missing · 3 unlike the usual"`. */
export function sayRow({ value, files, cells }: CalendarRow): string {
  const missing = cells.filter(({ state }) => state === 'missing').length
  const outliers = cells.filter(({ outlier }) => outlier !== undefined).length
  return [
    value,
    formatQuantity(files, 'file'),
    missing > 0 && `${formatCount(missing)} missing`,
    outliers > 0 && `${formatCount(outliers)} unlike the usual`,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** How many values a calendar shows at once. */
export const MOST_VALUES = 20

/** The values to show: those that match the search; over 20, the largest 20, in the order they came. */
function chooseValues(
  values: readonly CalendarValue[],
  query: string,
): { shown: readonly CalendarValue[]; matching: number } {
  const wanted = query.trim().toLowerCase()
  const found = values.filter(({ value }) => value.toLowerCase().includes(wanted))
  if (found.length <= MOST_VALUES) return { shown: found, matching: found.length }
  const sizes = new Map(found.map((one) => [one, bytesOf(one.cells)]))
  const bySize = (one: CalendarValue, other: CalendarValue) => (sizes.get(other) ?? 0) - (sizes.get(one) ?? 0)
  const chosen = new Set(found.toSorted(bySize).slice(0, MOST_VALUES))
  return { shown: found.filter((one) => chosen.has(one)), matching: found.length }
}

/** The range between two places of one row, whichever comes first. */
export function rangeBetween(row: CalendarRow, a: number, b: number): CalendarRange | null {
  const from = row.cells[Math.min(a, b)]?.period
  const to = row.cells[Math.max(a, b)]?.period
  return from === undefined || to === undefined ? null : { value: row.value, from, to }
}

/** Whether a cell is in a range; periods of one step compare as texts. */
export function inRange(range: CalendarRange | null, value: string, period: string): boolean {
  return range !== null && range.value === value && range.from <= period && period <= range.to
}
