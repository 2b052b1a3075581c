import { PERIODS } from '../periods'
import type { DateForm } from './date-levels'
import type { DateOrders } from './date-order'
import { readCompactMonth, readFieldLevels, readWholeDate, readYear, readYearLast } from './folder-dates'
import {
  findInnerDate,
  findInnerMonth,
  findInnerYear,
  findYearLast,
  type InnerDate,
  type NameToRead,
} from './inner-dates'
import type { IsNumber } from './suggest-numbers'

/** A date of a path: in which of its names it begins, and what stands around it. */
export interface FoundDate {
  at: number
  /** What a name has before the date: `"app-"`. A key, such as `dt=`, belongs to the form. */
  prefix: string
  /** The level of the form that has it. */
  prefixed: number
  /** The date as it stands in that name, with its key. */
  text: string
  /** Whether the name of the last level goes on after the date. */
  goesOn: boolean
  form: DateForm
}

const COMPACT_MONTH_DIGITS = 6
const UNTOLD: DateOrders = { names: null, folders: null }

/**
 * The date of a path, whose last name is the file's: folders that are nothing else first (`2026/11/22/14`,
 * `year=2026/month=11`, `dt=2026-11-22`, and where `orders` tells what is the day `22/11/2026`), then dates inside names
 * (`app-2026-11-22.log.gz`), then those with the year at their end (`app-22-11-2026.log.gz`), and last what other numbers
 * look like as well: months as six digits, and years. Digits without joints that `isNumber` tells to be numbers are no date.
 */
export function findDate(
  names: readonly string[],
  orders: DateOrders = UNTOLD,
  isNumber: IsNumber = () => false,
): FoundDate | null {
  const { found, months, years } = findFolderDate(names, orders, isNumber)
  if (found !== null) return found
  const order = orders.names
  const read = (find: (name: NameToRead) => InnerDate | null, from = 0) => {
    for (let at = from; at < names.length; at++) {
      const inner = find(nameAt(names, at, isNumber))
      if (inner !== null) return refine({ at, ...inner }, names, isNumber)
    }
    return null
  }
  return (
    read(findInnerDate) ??
    (order === null ? null : read(({ name }) => findYearLast(name, order))) ??
    months[0] ??
    read(findInnerMonth) ??
    years[0] ??
    read(findInnerYear, names.length - 1)
  )
}

/** The date that folders are, or else the months and years that they may be. */
function findFolderDate(
  names: readonly string[],
  orders: DateOrders,
  isNumber: IsNumber,
): { found: FoundDate | null; months: FoundDate[]; years: FoundDate[] } {
  const [months, years]: [FoundDate[], FoundDate[]] = [[], []]
  for (const [at, folder] of names.slice(0, -1).entries()) {
    const { below } = nameAt(names, at, isNumber)
    const toFound = (form: DateForm): FoundDate =>
      refine({ at, prefix: '', prefixed: 0, text: folder, goesOn: false, form }, names, isNumber)
    const form =
      readYearLast(names.slice(at, -1), orders.folders, nameAt(names, at + 2, isNumber).below) ??
      readWholeDate(folder, below) ??
      readFieldLevels(folder, below)
    if (form !== null) return { found: toFound(form), months, years }
    const year = readYear(folder)
    const ofYear = year === null ? null : toFound(year)
    if (ofYear !== null && ofYear.form !== year) return { found: ofYear, months, years }
    // Four digits alone are as likely a number as a year.
    if (ofYear !== null && !isNumber(at, 'year')) years.push(ofYear)
    const month = isNumber(at, COMPACT_MONTH_DIGITS) ? null : readCompactMonth(folder, below)
    if (month === null) continue
    const ofMonth = toFound(month)
    if (month.finest !== 'MONTH' || ofMonth.form !== month) return { found: ofMonth, months, years }
    months.push(ofMonth)
  }
  return { found: null, months, years }
}

const nameAt = (names: readonly string[], at: number, isNumber: IsNumber): NameToRead => ({
  name: names[at] ?? '',
  below: {
    folders: names.slice(at + 1, -1),
    isNumber: (offset, kind) => isNumber(at + 1 + offset, kind),
  },
  isNumber: (kind) => isNumber(at, kind),
})

/** A date by months or years that the next name repeats, and goes on with: `2026/2026-11/2026-11-22.gz` is one by days. */
function refine(found: FoundDate, names: readonly string[], isNumber: IsNumber): FoundDate {
  const { at, prefix, goesOn, form } = found
  const known = PERIODS.indexOf(form.finest) + 1
  if (known > PERIODS.indexOf('DAY') || goesOn) return found
  const next = nameAt(names, at + form.levels.length, isNumber)
  const inner = findInnerDate(next, known) ?? findInnerMonth(next, known)
  if (inner === null || !inner.form.text.startsWith(`${form.text}-`)) return found
  // One prefix is told, not two.
  if (prefix !== '' && inner.prefix !== '') return found
  const levels = [...form.levels, ...inner.form.levels]
  const prefixed = inner.prefix === '' ? found.prefixed : form.levels.length
  return refine(
    {
      ...{ at, text: found.text, prefixed, goesOn: inner.goesOn },
      prefix: prefix + inner.prefix,
      form: { ...inner.form, levels },
    },
    names,
    isNumber,
  )
}
