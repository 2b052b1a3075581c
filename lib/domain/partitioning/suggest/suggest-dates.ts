import { escapeForPattern } from '../pattern/path-pattern'
import { SPECIFIERS } from '../pattern/pattern-rules'
import { PERIODS, type Period, parsePeriod } from '../periods'
import type { IsNumber } from './suggest-numbers'

/** A part of a path that holds one field of a date, or several. */
interface DateLevel {
  /** How it is written with all its fields, to tell shapes apart: `"day=%D"`. */
  source: string
  /** Index in `PERIODS` of its first field, and of its last. */
  coarsest: number
  finest: number
  /** The level's pattern with the fields that a period needs. */
  write(period: Period): string
  /** Whether the folder's name goes on after those. */
  isCut(period: Period): boolean
}

/** The levels in which a path holds its date, and how fine it is. */
export interface DateForm {
  levels: DateLevel[]
  finest: Period
}

/** A date of a path: in which of its names it begins, and what stands around it there. */
export interface FoundDate {
  at: number
  /** What the name has before the date: `"app-"`. A key, such as `dt=`, belongs to the form. */
  prefix: string
  /** The date as it stands in that name, with its key. */
  text: string
  /** Whether the name goes on after the date. */
  goesOn: boolean
  form: DateForm
}

const FIELD_KEYS = [
  ['year', 'yyyy', 'y'],
  ['month', 'mm', 'm'],
  ['day', 'dd', 'd'],
  ['hour', 'hh', 'h', 'hr'],
]
const WHOLE_DATE = /^([A-Za-z_][A-Za-z0-9_-]*=)?(\d{4}(?:-\d{2}){1,3})$/
/** A date within a name: joined by `-`, `_` or `.`, or 8, 10, 12 or 14 digits. No further digits stand beside it. */
const INNER_DATE =
  /(?<!\d)(?:((?:19|20)\d\d)([-_.])(\d\d)\2(\d\d)(?:(T)(\d\d)|([-_.])(\d\d)(?!\d))?(?!\d)|((?:19|20)\d\d)(\d\d)(\d\d)(?:()(\d\d)(?=$|\D|\d\d(?!\d)|\d{4}(?!\d))|(T)(\d\d)|(?!\d)))/g
const INNER_MONTH = /(?<!\d)((?:19|20)\d\d)([-_])(\d\d)(?![-_.]?\d)/g
/** Longer names are looked at no further. */
const MOST_NAME = 400

/** Which number of dates such as 22-11-2026 is the day, where paths tell. */
export type DateOrder = 'day-first' | 'month-first'

/** A date with its year at the end: two numbers, and the year, joined alike. */
const YEAR_LAST = /(?<!\d)(\d\d)([-_.])(\d\d)\2((?:19|20)\d\d)(?!\d)/g
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

/**
 * The date of a path, whose last name is the file's: folders that are nothing else first (`2026/11/22/14`,
 * `year=2026/month=11`, `dt=2026-11-22`), then dates inside names (`app-2026-11-22.log.gz`), then those with the year at their end, where `order` tells
 * what is the day (`app-22-11-2026.log.gz`). Digits without joints that `isNumber` tells to be numbers are no date.
 */
export function findDate(
  names: readonly string[],
  order: DateOrder | null = null,
  isNumber: IsNumber = () => false,
): FoundDate | null {
  const folders = names.slice(0, -1)
  for (const [at, folder] of folders.entries()) {
    const form = readWholeDate(folder, folders.slice(at + 1)) ?? readFieldLevels(folders.slice(at))
    if (form !== null) return { at, prefix: '', text: folder, goesOn: false, form }
  }
  for (const [at, name] of names.entries()) {
    const found = findInner(name, folders.slice(at + 1), (digits) => isNumber(at, digits))
    if (found !== null) return { at, ...found }
  }
  if (order === null) return null
  for (const [at, name] of names.entries()) {
    const found = findYearLast(name, order)
    if (found !== null) return { at, ...found }
  }
  return null
}

/** A date such as `22-11-2026` within a name; what stands behind it is no finer field of it. */
function findYearLast(whole: string, order: DateOrder): Omit<FoundDate, 'at'> | null {
  for (const found of whole.slice(0, MOST_NAME).matchAll(YEAR_LAST)) {
    const [text, first = '', joint = '', second = '', year = ''] = found
    const [day, month] = order === 'day-first' ? [first, second] : [second, first]
    if (parsePeriod([year, month, day].join('-'), 'DAY') === null) continue
    const before = whole.slice(0, found.index)
    const key = KEY.test(before) ? before : ''
    return {
      prefix: key === '' ? before : '',
      text: key + text,
      goesOn: found.index + text.length < whole.length,
      form: { levels: [createYearLast(key, joint, order)], finest: 'DAY' },
    }
  }
  return null
}

/** By months and years the fields before them stand as numbers that may be any. */
function createYearLast(key: string, joint: string, order: DateOrder): DateLevel {
  const between = escapeForPattern(joint)
  const write = (period: Period) => {
    const finest = PERIODS.indexOf(period)
    const day = finest >= 2 ? '%D' : ANY_TWO
    const month = finest >= 1 ? '%M' : ANY_TWO
    const fields = order === 'day-first' ? [day, month] : [month, day]
    return escapeForPattern(key) + [...fields, '%Y'].join(between)
  }
  return { source: write('DAY'), coarsest: 0, finest: 2, write, isCut: () => false }
}

const ANY_TWO = '[0-9][0-9]'
const KEY = /^[A-Za-z_][A-Za-z0-9_-]*=$/

function readWholeDate(folder: string, below: readonly string[]): DateForm | null {
  const found = WHOLE_DATE.exec(folder)
  const finest = PERIODS[(found?.[2] ?? '').split('-').length - 1]
  if (found === null || finest === undefined || parsePeriod(found[2] ?? '', finest) === null) return null
  const fields = (found[2] ?? '').split('-')
  const first = createLevel(found[1] ?? '', 0, fields.length - 1, ['-', '-', '-'])
  return withFieldsBelow(first, fields, below)
}

/** A date whose finer fields have folders of their own: `dt=2026-11-22/hour=14`. */
function withFieldsBelow(first: DateLevel, fields: readonly string[], below: readonly string[]): DateForm {
  const levels = [first]
  const known = [...fields]
  for (const folder of below) {
    const field = readField(folder, known.length)
    const period = PERIODS[known.length]
    if (field === null || period === undefined) break
    if (parsePeriod([...known, field.digits].join('-'), period) === null) break
    levels.push(createLevel(field.key, known.length, known.length))
    known.push(field.digits)
  }
  return { levels, finest: PERIODS[known.length - 1] ?? 'YEAR' }
}

function readFieldLevels(folders: readonly string[]): DateForm | null {
  const year = readField(folders[0] ?? '', 0)
  if (year === null || parsePeriod(year.digits, 'YEAR') === null) return null
  const form = withFieldsBelow(createLevel(year.key, 0, 0), [year.digits], folders.slice(1))
  // Four digits alone are as likely a number as a year.
  return form.levels.length === 1 && year.key === '' ? null : form
}

function readField(folder: string, index: number): { key: string; digits: string } | null {
  const found = (index === 0 ? /^(?:([A-Za-z]+)=)?(\d{4})$/ : /^(?:([A-Za-z]+)=)?(\d{2})$/).exec(folder)
  if (found === null) return null
  const [, key, digits = ''] = found
  if (key !== undefined && !FIELD_KEYS[index]?.includes(key.toLowerCase())) return null
  return { key: key === undefined ? '' : `${key}=`, digits }
}

function findInner(
  whole: string,
  below: readonly string[],
  isNumber: (digits: number) => boolean,
): Omit<FoundDate, 'at'> | null {
  const name = whole.slice(0, MOST_NAME)
  for (const found of name.matchAll(INNER_DATE)) {
    const [, year, joint, month, day, t, hour, joint2, hour2] = found
    if (year === undefined && isNumber(digitsFrom(name, found.index))) continue
    const [compactYear, compactMonth, compactDay, none, compactHour, compactT, compactHour2] = found.slice(9)
    const fields = [
      year ?? compactYear,
      month ?? compactMonth,
      day ?? compactDay,
      hour ?? hour2 ?? compactHour ?? compactHour2,
    ].filter((field) => field !== undefined)
    const separator = joint ?? ''
    const inner = readInner(
      whole,
      found,
      fields,
      [separator, separator, t ?? joint2 ?? compactT ?? none ?? ''],
      below,
    )
    if (inner !== null) return inner
  }
  for (const found of name.matchAll(INNER_MONTH)) {
    const [, year = '', joint = '', month = ''] = found
    const inner = readInner(whole, found, [year, month], [joint], below)
    if (inner !== null) return inner
  }
  return null
}

const digitsFrom = (name: string, from: number): number => /^\d*/.exec(name.slice(from))?.[0].length ?? 0

function readInner(
  name: string,
  found: RegExpExecArray,
  fields: readonly string[],
  joints: readonly string[],
  below: readonly string[],
): Omit<FoundDate, 'at'> | null {
  const period = PERIODS[fields.length - 1]
  if (period === undefined || parsePeriod(fields.join('-'), period) === null) return null
  const before = name.slice(0, found.index)
  const key = KEY.test(before) ? before : ''
  const level = createLevel(key, 0, fields.length - 1, joints)
  const goesOn = found.index + found[0].length < name.length
  const form = goesOn ? { levels: [level], finest: period } : withFieldsBelow(level, fields, below)
  return { prefix: key === '' ? before : '', text: key + found[0], goesOn, form }
}

function createLevel(
  key: string,
  coarsest: number,
  finest: number,
  joints: readonly string[] = [],
): DateLevel {
  const write = (last: number) =>
    escapeForPattern(key) +
    SPECIFIERS.slice(coarsest, last + 1)
      .map(
        (specifier, index) => `${index === 0 ? '' : escapeForPattern(joints[index - 1] ?? '')}%${specifier}`,
      )
      .join('')
  return {
    source: write(finest),
    coarsest,
    finest,
    write: (period) => write(Math.min(finest, PERIODS.indexOf(period))),
    isCut: (period) => PERIODS.indexOf(period) < finest,
  }
}
