import { PERIODS, parsePeriod } from '../periods'
import { createLevel, createYearLast, type DateForm, type DateLevel } from './date-levels'
import { type DateOrder, YEAR_LAST } from './date-order'
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
  const toFound = (at: number, form: DateForm): FoundDate =>
    refine({ at, prefix: '', prefixed: 0, text: folders[at] ?? '', goesOn: false, form }, names, isNumber)
  const months: FoundDate[] = []
  for (const [at, folder] of folders.entries()) {
    const form = readWholeDate(folder, folders.slice(at + 1)) ?? readFieldLevels(folders.slice(at))
    if (form !== null) return toFound(at, form)
    const year = readYear(folder)
    const found = year === null ? null : toFound(at, year)
    // Four digits alone are as likely a number as a year.
    if (found !== null && found.form !== year) return found
    const month = isNumber(at, COMPACT_MONTH_DIGITS) ? null : readCompactMonth(folder, folders.slice(at + 1))
    if (month === null) continue
    const ofMonth = toFound(at, month)
    if (month.finest !== 'MONTH' || ofMonth.form !== month) return ofMonth
    months.push(ofMonth)
  }
  for (const [at, name] of names.entries()) {
    const found = findInner(name, folders.slice(at + 1), (digits) => isNumber(at, digits))
    if (found !== null) return refine({ at, ...found }, names, isNumber)
  }
  for (const [at, name] of order === null ? [] : names.entries()) {
    const found = findYearLast(name, order ?? 'day-first')
    if (found !== null) return { at, ...found }
  }
  return months[0] ?? null
}

/** A date by months or years that the next name repeats, and goes on with: `2026/2026-11/2026-11-22.gz` is one by days. */
function refine(found: FoundDate, names: readonly string[], isNumber: IsNumber): FoundDate {
  const { at, prefix, goesOn, form } = found
  const known = PERIODS.indexOf(form.finest) + 1
  if (known > PERIODS.indexOf('DAY') || goesOn) return found
  const next = at + form.levels.length
  const below = names.slice(next + 1, -1)
  const inner = findInner(names[next] ?? '', below, (digits) => isNumber(next, digits), known)
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
      prefixed: 0,
      text: key + text,
      goesOn: found.index + text.length < whole.length,
      form: {
        levels: [createYearLast(key, joint, order)],
        finest: 'DAY',
        text: [year, month, day].join('-'),
      },
    }
  }
  return null
}

const KEY = /^[A-Za-z_][A-Za-z0-9_-]*=$/

function readWholeDate(folder: string, below: readonly string[]): DateForm | null {
  const found = WHOLE_DATE.exec(folder)
  const finest = PERIODS[(found?.[2] ?? '').split('-').length - 1]
  if (found === null || finest === undefined || parsePeriod(found[2] ?? '', finest) === null) return null
  const fields = (found[2] ?? '').split('-')
  const joints = ['-', '-', '-']
  const first = createLevel({ key: found[1] ?? '', coarsest: 0, finest: fields.length - 1, joints })
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
    levels.push(createLevel({ key: field.key, coarsest: known.length, finest: known.length }))
    known.push(field.digits)
  }
  return { levels, finest: PERIODS[known.length - 1] ?? 'YEAR', text: known.join('-') }
}

function readFieldLevels(folders: readonly string[]): DateForm | null {
  const year = readField(folders[0] ?? '', 0)
  if (year === null || parsePeriod(year.digits, 'YEAR') === null) return null
  const first = createLevel({ key: year.key, coarsest: 0, finest: 0 })
  const form = withFieldsBelow(first, [year.digits], folders.slice(1))
  return form.levels.length === 1 && year.key === '' ? null : form
}

function readYear(folder: string): DateForm | null {
  const year = readField(folder, 0)
  if (year === null || parsePeriod(year.digits, 'YEAR') === null) return null
  return withFieldsBelow(createLevel({ key: year.key, coarsest: 0, finest: 0 }), [year.digits], [])
}

const COMPACT_MONTH = /^([A-Za-z_][A-Za-z0-9_-]*=)?((?:19|20)\d\d)(\d\d)$/
const COMPACT_MONTH_DIGITS = 6

/** A month as digits alone, which fewer tell than those of a day: `202611`. */
function readCompactMonth(folder: string, below: readonly string[]): DateForm | null {
  const [, key = '', year, month] = COMPACT_MONTH.exec(folder) ?? []
  if (year === undefined || month === undefined || parsePeriod(`${year}-${month}`, 'MONTH') === null)
    return null
  return withFieldsBelow(createLevel({ key, coarsest: 0, finest: 1 }), [year, month], below)
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
  known = 0,
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
      known,
    )
    if (inner !== null) return inner
  }
  for (const found of name.matchAll(INNER_MONTH)) {
    const [, year = '', joint = '', month = ''] = found
    const inner = readInner(whole, found, [year, month], [joint], below, known)
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
  known: number,
): Omit<FoundDate, 'at'> | null {
  const period = PERIODS[fields.length - 1]
  if (fields.length <= known || period === undefined || parsePeriod(fields.join('-'), period) === null)
    return null
  const before = name.slice(0, found.index)
  const key = KEY.test(before) ? before : ''
  const level = createLevel({ key, coarsest: 0, finest: fields.length - 1, joints, known })
  const goesOn = found.index + found[0].length < name.length
  const form = goesOn
    ? { levels: [level], finest: period, text: fields.join('-') }
    : withFieldsBelow(level, fields, below)
  return { prefix: key === '' ? before : '', prefixed: 0, text: key + found[0], goesOn, form }
}
