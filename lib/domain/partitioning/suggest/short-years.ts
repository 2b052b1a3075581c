import { parsePeriod } from '../periods'

/** What may be a day whose year has two digits: `261122`, `26-11-22`, or `26/11/22` as three folders. */
const SHORT_DATE = /(?<!\d[-_./]?)(\d\d)([-_./]?)(\d\d)\2(\d\d)(?!\d|[-_.]\d)/
/** Where the year, the month and the day stand in it. */
const ORDERS = [
  [0, 1, 2],
  [2, 1, 0],
  [2, 0, 1],
] as const
/** Six digits may be a date by chance, but seldom days of which so many follow each other. */
const LEAST_FOLLOWING = 2
const MOST_YEARS = 15
const LEAST_SHARE = 0.9

/**
 * The numbers in paths that are days with a year of two digits, as they stand there: `["26/11/22", …]`. None where a tenth
 * of them are no days in any one order, where they are of many years, or where hardly two of them follow each other.
 */
export function findShortYears(paths: readonly string[]): string[] {
  const found = paths.flatMap((path) => {
    const match = SHORT_DATE.exec(path)
    return match === null ? [] : [match]
  })
  const fields = found.map(([, first = '', , second = '', third = '']) => [first, second, third])
  return ORDERS.some((order) => areDays(fields, order)) ? found.map(([text]) => text) : []
}

function areDays(
  fields: readonly string[][],
  [year, month, day]: readonly [number, number, number],
): boolean {
  const days = fields.flatMap(
    (field) => parsePeriod(`20${field[year]}-${field[month]}-${field[day]}`, 'DAY') ?? [],
  )
  if (days.length === 0 || days.length < LEAST_SHARE * fields.length) return false
  if (new Set(fields.map((field) => field[year])).size > MOST_YEARS) return false
  const known = new Set(days)
  return [...known].filter((each) => known.has(each + 1)).length >= LEAST_FOLLOWING
}
