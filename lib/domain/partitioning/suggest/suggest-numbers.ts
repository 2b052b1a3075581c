import { parsePeriod, periodStart } from '../periods'

/** Digits that may be a date: how many of them stand in a run, or which field a name of digits alone may be. */
export type NumberKind = number | 'year' | 'month' | 'day'

/** Tells digits that only look like a date: the place of their name in the path, and what kind they are of. */
export type IsNumber = (at: number, kind: NumberKind) => boolean

/** When a path's file was changed, in epoch milliseconds; undefined where nobody knows. */
export type ChangedAt = (path: string) => number | undefined

interface Count {
  dates: number
  others: number
  /** Of the dates whose file's last change is known: those before it, and those that were still to come. */
  past: number
  future: number
}

/** Digits that may be a month or a day, with or without hours, minutes and seconds: an order number may be as well. */
const RUN = /(?<!\d)(?:19|20)\d{4}(?:\d\d){0,4}(?!\d)/g
/** Four digits that are a name or a word of it; only such are taken for a year. */
const FOUR = /(?<![0-9A-Za-z])\d{4}(?![0-9A-Za-z])/g
const YEAR = /^(?:19|20)\d\d$/
const FIELDS = [
  ['month', /^(?:0[1-9]|1[0-2])$/],
  ['day', /^(?:0[1-9]|[12]\d|3[01])$/],
] as const
const MOST_NAMES = 25
const MOST_NAME = 400
/** A date or two that do not exist are mistakes of someone; more are no dates. */
const MOST_OTHERS = 0.1
/** A file is written within or after the day that it is of; clocks and zones differ by less than this. */
const AHEAD_MS = 2 * 86_400_000
/** So many files whose day was still to come when they were written are no accident. */
const LEAST_FUTURE = 3

/**
 * Finds where numbers stand that only look like dates, such as `order-20261037` or a folder `2101`: digits of which a
 * tenth or more name no date, or which were mostly still to come when their files were written.
 */
export function findNumbers(paths: readonly string[], changedAt: ChangedAt = () => undefined): IsNumber {
  const counts = new Map<string, Count>()
  for (const path of paths) {
    const names = path.split('/', 1 + MOST_NAMES).slice(1)
    for (const [at, whole] of names.entries()) {
      if (!/\d/.test(whole)) continue
      const countOf = (kind: NumberKind) => {
        const key = `${at} ${kind}`
        const count = counts.get(key) ?? { dates: 0, others: 0, past: 0, future: 0 }
        counts.set(key, count)
        return count
      }
      const name = whole.slice(0, MOST_NAME)
      for (const [run] of name.matchAll(RUN)) addRun(countOf(run.length), run, changedAt(path))
      addYears(countOf, name, changedAt(path))
      addField(countOf, name, names[at - 1] ?? '')
    }
  }
  const numbers = new Set([...counts].flatMap(([key, count]) => (areNumbers(count) ? [key] : [])))
  return (at, kind) => numbers.has(`${at} ${kind}`)
}

type CountOf = (kind: NumberKind) => Count

function addYears(countOf: CountOf, name: string, changedAt: number | undefined): void {
  // A folder that is a number of another length is a number among those that look like years.
  const words = /^\d+$/.test(name) ? [name] : (name.match(FOUR) ?? [])
  for (const word of words) {
    const startMs = YEAR.test(word) ? periodStart(word, 'YEAR') : null
    addDate(countOf('year'), startMs, changedAt)
  }
}

/** Numbers below another folder than the next coarser field, which is where it matters whether they are a month or a day. */
function addField(countOf: CountOf, name: string, above: string): void {
  if (!/^\d+$/.test(name) || /^\d+$/.test(above)) return
  for (const [kind, shape] of FIELDS) {
    const count = countOf(kind)
    if (shape.test(name)) count.dates++
    else count.others++
  }
}

function addRun(count: Count, run: string, changedAt: number | undefined): void {
  const month = `${run.slice(0, 4)}-${run.slice(4, 6)}`
  const day = `${month}-${run.slice(6, 8)}`
  const isDate = run.length >= 10 ? parsePeriod(`${day}-${run.slice(8, 10)}`, 'HOUR') !== null : true
  const startMs = run.length === 6 ? periodStart(month, 'MONTH') : isDate ? periodStart(day, 'DAY') : null
  addDate(count, areMinutes(run.slice(10)) ? startMs : null, changedAt)
}

/** Counts a date by its start in epoch milliseconds, which is null for digits that are none. */
function addDate(count: Count, startMs: number | null, changedAt: number | undefined): void {
  if (startMs === null) {
    count.others++
    return
  }
  count.dates++
  if (changedAt === undefined) return
  if (startMs > changedAt + AHEAD_MS) count.future++
  else count.past++
}

/** Minutes, and seconds, as far as they stand there. */
const areMinutes = (digits: string): boolean => (digits.match(/../g) ?? []).every((two) => two <= '59')

const areNumbers = ({ dates, others, past, future }: Count): boolean =>
  others > MOST_OTHERS * (dates + others) || (future >= LEAST_FUTURE && future > past)
