import { PERIODS, parsePeriod } from '../periods'
import { createLevel, createYearLast, type DateForm } from './date-levels'
import { type DateOrder, YEAR_LAST } from './date-order'
import { type Below, withFieldsBelow } from './folder-dates'
import type { NumberKind } from './suggest-numbers'

/** A date within a name. */
export interface InnerDate {
  /** What the name has before the date: `"app-"`. A key, such as `dt=`, belongs to the form. */
  prefix: string
  prefixed: 0
  /** The date as it stands in the name, with its key. */
  text: string
  /** Whether the name goes on after the date. */
  goesOn: boolean
  form: DateForm
}

/** A name of a path, with what is known of it and of the folders below it. */
export interface NameToRead {
  name: string
  below: Below
  isNumber: (kind: NumberKind) => boolean
}

/** A date within a name: joined by `-`, `_` or `.`, or 8, 10, 12 or 14 digits. No further digits stand beside it. */
const INNER_DATE =
  /(?<!\d)(?:((?:19|20)\d\d)([-_.])(\d\d)\2(\d\d)(?:(T)(\d\d)|(--|[-_.])(\d\d)(?!\d))?(?!\d)|((?:19|20)\d\d)(\d\d)(\d\d)(?:()(\d\d)(?=$|\D|\d\d(?!\d)|\d{4}(?!\d))|(T)(\d\d)|(?!\d)))/g
const INNER_MONTH = /(?<!\d)((?:19|20)\d\d)([-_])(\d\d)(?![-_.]?\d)/g
/** Six digits: letters behind them make them part of an id, such as `e201907be`. */
const INNER_COMPACT_MONTH = /(?<!\d)((?:19|20)\d\d)()(0[1-9]|1[0-2])(?![0-9A-Za-z])/g
/** A word that is a year, with no other number beside it: dates that nothing can read have years as well. */
const INNER_YEAR = /(?<![0-9A-Za-z]|\d[-_.])((?:19|20)\d\d)(?![0-9A-Za-z]|[-_.]\d)/g
const COMPACT_MONTH_DIGITS = 6
/** Longer names are looked at no further. */
const MOST_NAME = 400

/** A day or an hour in a name, or a month with a joint; finer than the `known` first fields, which may be any. */
export function findInnerDate(read: NameToRead, known = 0): InnerDate | null {
  const name = read.name.slice(0, MOST_NAME)
  for (const found of name.matchAll(INNER_DATE)) {
    const [, year, joint, month, day, t, hour, joint2, hour2] = found
    if (year === undefined && read.isNumber(digitsFrom(name, found.index))) continue
    const [compactYear, compactMonth, compactDay, none, compactHour, compactT, compactHour2] = found.slice(9)
    const fields = [
      year ?? compactYear,
      month ?? compactMonth,
      day ?? compactDay,
      hour ?? hour2 ?? compactHour ?? compactHour2,
    ].filter((field) => field !== undefined)
    const separator = joint ?? ''
    const joints = [separator, separator, t ?? joint2 ?? compactT ?? none ?? '']
    const inner = readInner(read, found, { fields, joints, known })
    if (inner !== null) return inner
  }
  return findMonth(read, INNER_MONTH, known)
}

const digitsFrom = (name: string, from: number): number => /^\d*/.exec(name.slice(from))?.[0].length ?? 0

/** A month as six digits in a name: `sales_202609.csv`. */
export const findInnerMonth = (read: NameToRead, known = 0): InnerDate | null =>
  read.isNumber(COMPACT_MONTH_DIGITS) ? null : findMonth(read, INNER_COMPACT_MONTH, known)

function findMonth(read: NameToRead, shape: RegExp, known: number): InnerDate | null {
  for (const found of read.name.slice(0, MOST_NAME).matchAll(shape)) {
    const [, year = '', joint = '', month = ''] = found
    const inner = readInner(read, found, { fields: [year, month], joints: [joint], known })
    if (inner !== null) return inner
  }
  return null
}

/** A year as a word of a name: `report_2026.csv`. */
export function findInnerYear(read: NameToRead): InnerDate | null {
  if (read.isNumber('year')) return null
  for (const found of read.name.slice(0, MOST_NAME).matchAll(INNER_YEAR)) {
    const inner = readInner(read, found, { fields: [found[1] ?? ''], joints: [], known: 0 })
    if (inner !== null) return inner
  }
  return null
}

/** A date such as `22-11-2026` within a name; what stands behind it is no finer field of it. */
export function findYearLast(name: string, order: DateOrder): InnerDate | null {
  for (const found of name.slice(0, MOST_NAME).matchAll(YEAR_LAST)) {
    const [text, first = '', joint = '', second = '', year = ''] = found
    const [day, month] = order === 'day-first' ? [first, second] : [second, first]
    if (parsePeriod([year, month, day].join('-'), 'DAY') === null) continue
    const key = keyBefore(name, found.index)
    return {
      ...placeOf(name, found, key),
      goesOn: found.index + text.length < name.length,
      form: {
        levels: [createYearLast(key, joint, order)],
        finest: 'DAY',
        text: [year, month, day].join('-'),
      },
    }
  }
  return null
}

interface Fields {
  fields: readonly string[]
  joints: readonly string[]
  known: number
}

function readInner(
  { name, below }: NameToRead,
  found: RegExpExecArray,
  { fields, joints, known }: Fields,
): InnerDate | null {
  const period = PERIODS[fields.length - 1]
  if (fields.length <= known || period === undefined || parsePeriod(fields.join('-'), period) === null)
    return null
  const key = keyBefore(name, found.index)
  const level = createLevel({ key, coarsest: 0, finest: fields.length - 1, joints, known })
  const goesOn = found.index + found[0].length < name.length
  const form = goesOn
    ? { levels: [level], finest: period, text: fields.join('-') }
    : withFieldsBelow(level, fields, below)
  return { ...placeOf(name, found, key), goesOn, form }
}

const placeOf = (name: string, found: RegExpExecArray, key: string) => ({
  prefix: key === '' ? name.slice(0, found.index) : '',
  prefixed: 0 as const,
  text: key + found[0],
})

const KEY = /^[A-Za-z_][A-Za-z0-9_-]*=$/

/** The key that a date has in its name, `dt=`, or nothing. */
function keyBefore(name: string, at: number): string {
  const before = name.slice(0, at)
  return KEY.test(before) ? before : ''
}
