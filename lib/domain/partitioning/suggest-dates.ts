import { escapeForPattern } from './path-pattern'
import { SPECIFIERS } from './pattern-rules'
import { PERIODS, type Period, parsePeriod } from './periods'

/** A folder level that holds one field of a date, or several joined by dashes. */
interface DateLevel {
  /** How it is written with all its fields, to tell shapes apart: `"day=%D"`. */
  source: string
  /** Index in `PERIODS` of its first field. */
  coarsest: number
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

const FIELD_KEYS = [
  ['year', 'yyyy', 'y'],
  ['month', 'mm', 'm'],
  ['day', 'dd', 'd'],
  ['hour', 'hh', 'h', 'hr'],
]
const WHOLE_DATE = /^([A-Za-z_][A-Za-z0-9_-]*=)?(\d{4}(?:-\d{2}){1,3})$/

/** The first date in a path's folders: `2026/11/22/14`, `year=2026/month=11/day=22`, `dt=2026-11-22`; and at which folder it begins. */
export function findDateForm(folders: readonly string[]): { at: number; form: DateForm } | null {
  for (const [at, folder] of folders.entries()) {
    const form = readWholeDate(folder, folders.slice(at + 1)) ?? readFieldLevels(folders.slice(at))
    if (form !== null) return { at, form }
  }
  return null
}

function readWholeDate(folder: string, below: readonly string[]): DateForm | null {
  const found = WHOLE_DATE.exec(folder)
  const finest = PERIODS[(found?.[2] ?? '').split('-').length - 1]
  if (found === null || finest === undefined || parsePeriod(found[2] ?? '', finest) === null) return null
  const levels = [createLevel(found[1] ?? '', 0, PERIODS.indexOf(finest))]
  const hour = finest === 'DAY' ? readField(below[0] ?? '', 3) : null
  if (hour === null) return { levels, finest }
  return { levels: [...levels, createLevel(hour.key, 3, 3)], finest: 'HOUR' }
}

function readFieldLevels(folders: readonly string[]): DateForm | null {
  const fields: { key: string; digits: string }[] = []
  for (let index = 0; index < PERIODS.length; index++) {
    const field = readField(folders[index] ?? '', index)
    const period = PERIODS[index]
    const isDate =
      field !== null &&
      period !== undefined &&
      parsePeriod([...fields, field].map(({ digits }) => digits).join('-'), period) !== null
    if (field === null || !isDate) break
    fields.push(field)
  }
  const finest = PERIODS[fields.length - 1]
  // Four digits alone are as likely a number as a year.
  if (finest === undefined || (fields.length === 1 && fields[0]?.key === '')) return null
  return { levels: fields.map(({ key }, index) => createLevel(key, index, index)), finest }
}

function readField(folder: string, index: number): { key: string; digits: string } | null {
  const found = (index === 0 ? /^(?:([A-Za-z]+)=)?(\d{4})$/ : /^(?:([A-Za-z]+)=)?(\d{2})$/).exec(folder)
  if (found === null) return null
  const [, key, digits = ''] = found
  if (key !== undefined && !FIELD_KEYS[index]?.includes(key.toLowerCase())) return null
  return { key: key === undefined ? '' : `${key}=`, digits }
}

function createLevel(key: string, coarsest: number, finest: number): DateLevel {
  const write = (last: number) =>
    escapeForPattern(key) +
    SPECIFIERS.slice(coarsest, last + 1)
      .map((specifier) => `%${specifier}`)
      .join('-')
  return {
    source: write(finest),
    coarsest,
    write: (period) => write(Math.min(finest, PERIODS.indexOf(period))),
    isCut: (period) => PERIODS.indexOf(period) < finest,
  }
}
