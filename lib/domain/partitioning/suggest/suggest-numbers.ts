import { parsePeriod, periodStart } from '../periods'

/** Tells a run of digits that only looks like a date: its name's place in the path, and how many digits it has. */
export type IsNumber = (at: number, digits: number) => boolean

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
const MOST_NAMES = 13
const MOST_NAME = 400
/** A date or two that do not exist are mistakes of someone; more are no dates. */
const MOST_OTHERS = 0.1
/** A file is written within or after the day that it is of; clocks and zones differ by less than this. */
const AHEAD_MS = 2 * 86_400_000
/** So many files whose day was still to come when they were written are no accident. */
const LEAST_FUTURE = 3

/**
 * Finds where numbers stand that only look like dates, such as `order-20261037`: runs of digits of which a tenth or more
 * name no day or month, or which were mostly still to come when their files were written.
 */
export function findNumbers(paths: readonly string[], changedAt: ChangedAt = () => undefined): IsNumber {
  const counts = new Map<string, Count>()
  for (const path of paths) {
    for (const [at, name] of path
      .split('/')
      .slice(1, 1 + MOST_NAMES)
      .entries()) {
      for (const [run] of name.slice(0, MOST_NAME).matchAll(RUN)) {
        const key = `${at} ${run.length}`
        const count = counts.get(key) ?? { dates: 0, others: 0, past: 0, future: 0 }
        counts.set(key, count)
        addRun(count, run, changedAt(path))
      }
    }
  }
  const numbers = new Set([...counts].flatMap(([key, count]) => (areNumbers(count) ? [key] : [])))
  return (at, digits) => numbers.has(`${at} ${digits}`)
}

function addRun(count: Count, run: string, changedAt: number | undefined): void {
  const month = `${run.slice(0, 4)}-${run.slice(4, 6)}`
  const day = `${month}-${run.slice(6, 8)}`
  const isDate = run.length >= 10 ? parsePeriod(`${day}-${run.slice(8, 10)}`, 'HOUR') !== null : true
  const startMs = run.length === 6 ? periodStart(month, 'MONTH') : isDate ? periodStart(day, 'DAY') : null
  if (startMs === null || !areMinutes(run.slice(10))) {
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
