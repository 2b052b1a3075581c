/** The step of a calendar. Its periods are texts: `"2026"`, `"2026-11"`, `"2026-11-22"`, `"2026-11-22-14"`. */
export type PeriodKind = 'YEAR' | 'MONTH' | 'DAY' | 'HOUR'

const PARTS: Record<PeriodKind, number> = { YEAR: 1, MONTH: 2, DAY: 3, HOUR: 4 }
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The parts of a period as numbers: year, month 1–12, day, hour; those below its step are the first ones. */
interface PeriodParts {
  year: number
  month: number
  day: number
  hour: number
}

function partsOf(period: string): PeriodParts {
  const [year = 0, month = 1, day = 1, hour = 0] = period.split('-').map(Number)
  return { year, month, day, hour }
}

function toDate({ year, month, day, hour }: PeriodParts): Date {
  return new Date(Date.UTC(year, month - 1, day, hour))
}

function printPeriod(date: Date, kind: PeriodKind): string {
  const [day = '', time = ''] = date.toISOString().split('T')
  return [...day.split('-'), time.slice(0, 2)].slice(0, PARTS[kind]).join('-')
}

/** The period after one: `"2026-11-30"` by day leads to `"2026-12-01"`. */
export function nextPeriod(period: string, kind: PeriodKind): string {
  const parts = partsOf(period)
  const key = { YEAR: 'year', MONTH: 'month', DAY: 'day', HOUR: 'hour' } as const
  parts[key[kind]] += 1
  return printPeriod(toDate(parts), kind)
}

// A calendar of years by the hour would be one nobody can look at.
const MOST_PERIODS = 10_000

/** Every period from the first to the last of those given, without gaps; all days are UTC. */
export function fillPeriods(periods: Iterable<string>, kind: PeriodKind): string[] {
  const known = [...new Set(periods)].sort()
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined) return []
  const filled = [first]
  for (let at = first; at < last && filled.length < MOST_PERIODS; ) {
    at = nextPeriod(at, kind)
    filled.push(at)
  }
  return filled.at(-1) === last ? filled : known
}

/** A tick over a column: its text and where it stands. */
export interface Tick {
  index: number
  text: string
}

// Cells are 16 px apart and a label needs about 60.
const TICK_GAP = 4

/** Labels over the columns: the first period, the start of each larger unit, and some between, never crowded. */
export function placeTicks(periods: readonly string[], kind: PeriodKind): Tick[] {
  const major: Tick[] = []
  const minor: Tick[] = []
  periods.forEach((period, index) => {
    const text = majorText(period, kind)
    if (text) major.push({ index, text })
    else if (index === 0) minor.push({ index, text: longText(period, kind) })
    else if (isMinor(period, kind)) minor.push({ index, text: minorText(period, kind) })
  })
  return thin(major, minor)
}

function thin(major: readonly Tick[], minor: readonly Tick[]): Tick[] {
  const kept: Tick[] = []
  const fits = (tick: Tick) => kept.every((other) => Math.abs(other.index - tick.index) >= TICK_GAP)
  for (const tick of [...major, ...minor]) if (fits(tick)) kept.push(tick)
  return kept.sort((a, b) => a.index - b.index)
}

function majorText(period: string, kind: PeriodKind): string | null {
  const { year, month, day, hour } = partsOf(period)
  if (kind === 'YEAR') return year % 10 === 0 ? String(year) : null
  if (kind === 'MONTH') return month === 1 ? String(year) : null
  if (kind === 'DAY') return day === 1 ? monthName(month) : null
  return hour === 0 ? `${monthName(month)} ${day}` : null
}

function isMinor(period: string, kind: PeriodKind): boolean {
  const { year, month, day, hour } = partsOf(period)
  if (kind === 'YEAR') return year % 5 === 0
  if (kind === 'MONTH') return month % 3 === 1
  if (kind === 'DAY') return day % 7 === 1 && day < 29
  return hour % 6 === 0
}

function minorText(period: string, kind: PeriodKind): string {
  const { year, month, day, hour } = partsOf(period)
  if (kind === 'YEAR') return String(year)
  if (kind === 'MONTH') return monthName(month)
  return kind === 'DAY' ? String(day) : `${hour}:00`
}

function longText(period: string, kind: PeriodKind): string {
  const { year, month, day, hour } = partsOf(period)
  if (kind === 'YEAR') return String(year)
  if (kind === 'MONTH') return `${monthName(month)} ${year}`
  return kind === 'DAY' ? `${monthName(month)} ${day}` : `${day}, ${hour}:00`
}

function monthName(month: number): string {
  return MONTHS[month - 1] ?? ''
}

/** From this many periods on a calendar is folded, one value at a time. */
export const FOLD_FROM = 92

/** A block of a folded calendar: a month of days, a day of hours. */
export interface FoldBlock {
  title: string | null
  /** Empty places before its first period. */
  lead: number
  /** Where its periods begin among all. */
  start: number
  periods: string[]
}

/** How many columns a folded calendar has: weekdays, half days, months, decades. */
export const FOLD_COLUMNS: Record<PeriodKind, number> = { YEAR: 10, MONTH: 12, DAY: 7, HOUR: 12 }

/** Folds periods into rows of weeks (days), half days (hours), years (months); in blocks from 92 on, and for hours. */
export function foldPeriods(periods: readonly string[], kind: PeriodKind): FoldBlock[] {
  const inBlocks = kind === 'HOUR' || (kind === 'DAY' && periods.length >= FOLD_FROM)
  const blocks: FoldBlock[] = []
  let open: string | null = null
  periods.forEach((period, index) => {
    const key = inBlocks ? period.slice(0, period.lastIndexOf('-')) : ''
    const block = blocks.at(-1)
    if (block && key === open) block.periods.push(period)
    else blocks.push(startBlock(period, index, kind, inBlocks))
    open = key
  })
  return blocks
}

function startBlock(period: string, start: number, kind: PeriodKind, titled: boolean): FoldBlock {
  const { year, month, day } = partsOf(period)
  const title = kind === 'HOUR' ? `${monthName(month)} ${day}, ${year}` : `${monthName(month)} ${year}`
  return { title: titled ? title : null, lead: leadOf(period, kind), start, periods: [period] }
}

function leadOf(period: string, kind: PeriodKind): number {
  const parts = partsOf(period)
  if (kind === 'DAY') return (toDate(parts).getUTCDay() + 6) % 7
  if (kind === 'HOUR') return parts.hour % 12
  return kind === 'MONTH' ? parts.month - 1 : parts.year % 10
}

/** What stands over a cell of a folded calendar: the day, and its month where one begins. */
export function foldText(period: string, kind: PeriodKind, titled: boolean): string {
  const { year, month, day, hour } = partsOf(period)
  if (kind === 'YEAR') return String(year)
  if (kind === 'MONTH') return month === 1 ? String(year) : monthName(month)
  if (kind === 'HOUR') return String(hour)
  return day === 1 && !titled ? `${monthName(month)} 1` : String(day)
}
