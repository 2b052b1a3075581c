/** Which number of dates such as 22-11-2026 is the day, where paths tell. */
export type DateOrder = 'day-first' | 'month-first'

/** A date with its year at the end: two numbers, and the year, joined alike. */
export const YEAR_LAST = /(?<!\d)(\d\d)([-_.])(\d\d)\2((?:19|20)\d\d)(?!\d)/g
const MOST_MONTH = 12

/** What tells the day from the month in paths: the order, and a date of them in which a number is no month. */
export interface ToldOrder {
  order: DateOrder
  date: string
}

/** Tells which number is the day by those above 12, in dates such as 22-11-2026; null where none is, or both are. */
export function findDateOrder(paths: readonly string[]): ToldOrder | null {
  const told = new Map<DateOrder, string>()
  for (const path of paths) {
    for (const [date, first = '', , second = ''] of path.matchAll(YEAR_LAST)) {
      if (Number(first) > MOST_MONTH && Number(second) <= MOST_MONTH && !told.has('day-first'))
        told.set('day-first', date)
      if (Number(second) > MOST_MONTH && Number(first) <= MOST_MONTH && !told.has('month-first'))
        told.set('month-first', date)
    }
  }
  const [only] = told
  return only !== undefined && told.size === 1 ? { order: only[0], date: only[1] } : null
}
