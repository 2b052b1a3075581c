import { PERIODS, parsePeriod } from '../periods'
import { createBetween, createFieldLevel, createLevel, type DateForm, type DateLevel } from './date-levels'
import type { DateOrder } from './date-order'
import { knownName } from './suggest-names'
import type { NumberKind } from './suggest-numbers'

/** The folders below one, and which of their names are numbers that only look like a date. */
export interface Below {
  folders: readonly string[]
  isNumber: (offset: number, kind: NumberKind) => boolean
}

const FIELD_KEYS = [
  ['year', 'yyyy', 'y'],
  ['month', 'mm', 'm'],
  ['day', 'dd', 'd'],
  ['hour', 'hh', 'h', 'hr'],
]
const WHOLE_DATE = /^([A-Za-z_][A-Za-z0-9_-]*=)?(\d{4}(?:-\d{2}){1,3})$/
/** How many folders with another meaning may stand among those of a date. */
const MOST_BETWEEN = 2
const DAY_FIELDS = 3

/** A folder that is a date as a whole, with the folders below that go on with it: `dt=2026-11-22`, then `hour=14`. */
export function readWholeDate(folder: string, below: Below): DateForm | null {
  const found = WHOLE_DATE.exec(folder)
  const fields = (found?.[2] ?? '').split('-')
  const finest = PERIODS[fields.length - 1]
  if (found === null || finest === undefined || parsePeriod(found[2] ?? '', finest) === null) return null
  const joints = ['-', '-', '-']
  const first = createLevel({ key: found[1] ?? '', coarsest: 0, finest: fields.length - 1, joints })
  return withFieldsBelow(first, fields, below)
}

/** A folder that is a year, with finer fields below; null for four digits alone, which `readYear` reads. */
export function readFieldLevels(folder: string, below: Below): DateForm | null {
  const year = readField(folder, 0)
  if (year === null || parsePeriod(year.digits, 'YEAR') === null) return null
  const form = withFieldsBelow(createLevel({ key: year.key, coarsest: 0, finest: 0 }), [year.digits], below)
  return form.levels.length === 1 && year.key === '' ? null : form
}

/**
 * Three folders of a day, a month and a year, the year last: `22/11/2026`, where `order` tells what is the day, and
 * `day=22/month=11/year=2026`, whose keys tell it. `belowYear` are those below the third.
 */
export function readYearLast(
  folders: readonly string[],
  order: DateOrder | null,
  belowYear: Below,
): DateForm | null {
  const [first = '', second = '', third = ''] = folders
  const year = /\d\d$/.test(first) ? readField(third, 0) : null
  if (year === null) return null
  for (const isDayFirst of [true, false]) {
    const day = readField(isDayFirst ? first : second, 2)
    const month = readField(isDayFirst ? second : first, 1)
    if (day === null || month === null) continue
    const isTold = order === (isDayFirst ? 'day-first' : 'month-first')
    if (!isTold && (day.key === '' || month.key === '')) continue
    const fields = [year.digits, month.digits, day.digits]
    if (parsePeriod(fields.join('-'), 'DAY') === null) continue
    const above = [createFieldLevel(day.key, 2), createFieldLevel(month.key, 1)]
    const form = withFieldsBelow(createFieldLevel(year.key, 0), fields, belowYear)
    return { ...form, levels: [...(isDayFirst ? above : above.reverse()), ...form.levels] }
  }
  return null
}

/** A folder that is a year, whatever stands below. */
export function readYear(folder: string): DateForm | null {
  const year = readField(folder, 0)
  if (year === null || parsePeriod(year.digits, 'YEAR') === null) return null
  return {
    levels: [createLevel({ key: year.key, coarsest: 0, finest: 0 })],
    finest: 'YEAR',
    text: year.digits,
  }
}

const COMPACT_MONTH = /^([A-Za-z_][A-Za-z0-9_-]*=)?((?:19|20)\d\d)(\d\d)$/

/** A month as digits alone, which fewer tell than those of a day: `202611`. */
export function readCompactMonth(folder: string, below: Below): DateForm | null {
  const [, key = '', year, month] = COMPACT_MONTH.exec(folder) ?? []
  if (year === undefined || month === undefined || parsePeriod(`${year}-${month}`, 'MONTH') === null)
    return null
  return withFieldsBelow(createLevel({ key, coarsest: 0, finest: 1 }), [year, month], below)
}

/**
 * A date whose finer fields have folders of their own: `dt=2026-11-22/hour=14`. Before the day, folders with another
 * meaning may stand between them: `2026/eu/11/22`.
 */
export function withFieldsBelow(
  first: DateLevel,
  fields: readonly string[],
  { folders, isNumber }: Below,
): DateForm {
  const levels = [first]
  const known = [...fields]
  // What stands behind the last field is not between fields.
  let kept = 1
  for (const [offset, folder] of folders.entries()) {
    const field = readNextField(folder, known)
    const isNext = levels.length === kept || field?.key !== ''
    if (field !== null && (isNext || !isNumber(offset, known.length === 1 ? 'month' : 'day'))) {
      levels.push(createLevel({ key: field.key, coarsest: known.length, finest: known.length }))
      known.push(field.digits)
      kept = levels.length
      continue
    }
    if (known.length >= DAY_FIELDS || !mayStandBetween(folder)) break
    levels.push(createBetween(folder, known.length - 1))
    if (levels.filter(({ isBetween }) => isBetween).length > MOST_BETWEEN) break
  }
  return {
    levels: levels.slice(0, kept),
    finest: PERIODS[known.length - 1] ?? 'YEAR',
    text: known.join('-'),
  }
}

/** The field that comes after those that are known, if a folder is that. */
function readNextField(folder: string, known: readonly string[]): { key: string; digits: string } | null {
  const field = readField(folder, known.length)
  const period = PERIODS[known.length]
  if (field === null || period === undefined) return null
  return parsePeriod([...known, field.digits].join('-'), period) === null ? null : field
}

/** Short numbers, other dates, and weeks and months by name are no kinds between the fields of a date. */
function mayStandBetween(folder: string): boolean {
  if (/^(?:\d{1,4}$|(?:19|20)\d\d)/.test(folder)) return false
  const name = knownName(new Set([folder]))
  return name !== 'week' && name !== 'month'
}

function readField(folder: string, index: number): { key: string; digits: string } | null {
  const found = (index === 0 ? /^(?:([A-Za-z]+)=)?(\d{4})$/ : /^(?:([A-Za-z]+)=)?(\d{2})$/).exec(folder)
  if (found === null) return null
  const [, key, digits = ''] = found
  if (key !== undefined && !FIELD_KEYS[index]?.includes(key.toLowerCase())) return null
  return { key: key === undefined ? '' : `${key}=`, digits }
}
