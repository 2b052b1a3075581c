import { parsePeriod } from '../periods'

/** Which number of dates such as 22-11-2026 is the day, where paths tell. */
export type DateOrder = 'day-first' | 'month-first'

/** A date with its year at the end: two numbers, and the year, joined alike. */
export const YEAR_LAST = /(?<!\d)(\d\d)([-_.])(\d\d)\2((?:19|20)\d\d)(?!\d)/g
/** The same as three folders, and what of digits the folder below is. */
const YEAR_LAST_FOLDERS = /\/(\d\d)\/(\d\d)\/((?:19|20)\d\d)(?=\/(?:(\d\d)\/)?)/
const MOST_MONTH = 12
/** Dates stand nearer to a path's beginning. */
const MOST_LENGTH = 2_000
/** What more of those folders are no dates of an order, that order does not explain. */
const MOST_OTHERS = 0.1

/** What tells the day from the month in paths: the order, and a date of them in which a number is no month. */
export interface ToldOrder {
  order: DateOrder
  date: string
}

/** What is told of dates within names, and of those that are three folders: programs lay these out by themselves. */
export interface ToldOrders {
  names: ToldOrder | null
  folders: ToldOrder | null
}

/** The same without the dates that tell it. */
export interface DateOrders {
  names: DateOrder | null
  folders: DateOrder | null
}

/** Tells which number is the day by those above 12, in dates such as 22-11-2026 and folders such as 22/11/2026. */
export function findDateOrders(all: readonly string[]): ToldOrders {
  const paths = all.map((path) => path.slice(0, MOST_LENGTH))
  return { names: findNameOrder(paths), folders: findFolderOrder(paths) }
}

/** The order of dates within names; null where no number tells it, or some tell one and some the other. */
function findNameOrder(paths: readonly string[]): ToldOrder | null {
  const told = new Map<DateOrder, string>()
  for (const path of paths) {
    for (const [date, first = '', , second = ''] of path.matchAll(YEAR_LAST)) tell(told, date, first, second)
  }
  return onlyOf(told)
}

/**
 * The order of three folders that are a date; null also where a tenth of them are none, and where months follow the year,
 * which begins a date then: `19/02/2026/11`.
 */
function findFolderOrder(paths: readonly string[]): ToldOrder | null {
  const told = new Map<DateOrder, string>()
  const found = paths.flatMap((path) => {
    const match = YEAR_LAST_FOLDERS.exec(path)
    return match === null ? [] : [match]
  })
  for (const [date, first = '', second = ''] of found) tell(told, date.slice(1), first, second)
  const only = onlyOf(told)
  if (only === null) return null
  const dates = found.filter(([, ...fields]) => isDate(fields, only.order))
  const followed = found.flatMap(([, , , , below]) => below ?? [])
  const months = followed.filter((below) => below >= '01' && below <= '12')
  const areMonths = followed.length > 0 && months.length >= (1 - MOST_OTHERS) * followed.length
  return areMonths || dates.length < (1 - MOST_OTHERS) * found.length ? null : only
}

const isDate = ([first, second, year]: readonly string[], order: DateOrder): boolean =>
  parsePeriod([year, ...(order === 'day-first' ? [second, first] : [first, second])].join('-'), 'DAY') !==
  null

/** Notes the order of a date that has a number which is no month, and the date as its evidence. */
function tell(told: Map<DateOrder, string>, date: string, first: string, second: string): void {
  if (Number(first) > MOST_MONTH && Number(second) <= MOST_MONTH && !told.has('day-first'))
    told.set('day-first', date)
  if (Number(second) > MOST_MONTH && Number(first) <= MOST_MONTH && !told.has('month-first'))
    told.set('month-first', date)
}

function onlyOf(told: ReadonlyMap<DateOrder, string>): ToldOrder | null {
  const [only] = told
  return only !== undefined && told.size === 1 ? { order: only[0], date: only[1] } : null
}
