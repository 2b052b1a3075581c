import { escapeForPattern } from '../pattern/path-pattern'
import { SPECIFIERS } from '../pattern/pattern-rules'
import { PERIODS, type Period } from '../periods'
import type { DateOrder } from './date-order'
import { hiveKey } from './suggest-names'

/** A part of a path that holds one field of a date, or several; or a folder that stands between those. */
export interface DateLevel {
  /** How it is written with all its fields, to tell shapes apart: `"day=%D"`. */
  source: string
  /** Index in `PERIODS` of its first field that no level above has, and of its last. */
  coarsest: number
  finest: number
  /** The level's pattern with the fields that a period needs. */
  write(period: Period): string
  /** Whether the folder's name goes on after those. */
  isCut(period: Period): boolean
  /** Whether it stands between the levels of the date, and is none: `eu` in `/2026/eu/11/22`. */
  isBetween: boolean
}

/** The levels in which a path holds its date, and how fine it is. */
export interface DateForm {
  levels: DateLevel[]
  finest: Period
  /** The date of the first path that has it: `2026-11-22`. */
  text: string
}

const ANY_TWO = '[0-9][0-9]'
const ANY_FIELD = [ANY_TWO + ANY_TWO, ANY_TWO, ANY_TWO, ANY_TWO]

/** Which fields a level holds, as indexes in `PERIODS`. */
interface Fields {
  key: string
  coarsest: number
  finest: number
  /** What stands between them. */
  joints?: readonly string[]
  /** How many fields levels above have told already: these are written as numbers that may be any. */
  known?: number
}

/** A level whose fields stand the coarser before the finer, behind its key. */
export function createLevel({ key, coarsest, finest, joints = [], known = coarsest }: Fields): DateLevel {
  const write = (last: number) =>
    escapeForPattern(key) +
    SPECIFIERS.slice(coarsest, last + 1)
      .map((specifier, index) => {
        const field = coarsest + index < known ? ANY_FIELD[coarsest + index] : `%${specifier}`
        return `${index === 0 ? '' : escapeForPattern(joints[index - 1] ?? '')}${field}`
      })
      .join('')
  return {
    source: write(finest),
    coarsest: known,
    finest,
    write: (period) => write(Math.min(finest, PERIODS.indexOf(period))),
    isCut: (period) => PERIODS.indexOf(period) < finest,
    isBetween: false,
  }
}

/** A folder with another meaning below the field with the index `above`; its names are for the shape to tell. */
export const createBetween = (folder: string, above: number): DateLevel => ({
  source: `*${hiveKey(folder) ?? ''}`,
  coarsest: above,
  finest: above,
  write: () => '[^/]+',
  isCut: () => false,
  isBetween: true,
})

/** By months and years the fields before them stand as numbers that may be any. */
export function createYearLast(key: string, joint: string, order: DateOrder): DateLevel {
  const between = escapeForPattern(joint)
  const write = (period: Period) => {
    const finest = PERIODS.indexOf(period)
    const day = finest >= 2 ? '%D' : ANY_TWO
    const month = finest >= 1 ? '%M' : ANY_TWO
    const fields = order === 'day-first' ? [day, month] : [month, day]
    return escapeForPattern(key) + [...fields, '%Y'].join(between)
  }
  return { source: write('DAY'), coarsest: 0, finest: 2, write, isCut: () => false, isBetween: false }
}

/** A folder of a date whose coarser fields stand below it; by periods without its field it is a number that may be any. */
export function createFieldLevel(key: string, field: number): DateLevel {
  const write = (period: Period) =>
    escapeForPattern(key) + (PERIODS.indexOf(period) < field ? ANY_FIELD[field] : `%${SPECIFIERS[field]}`)
  return { source: write('HOUR'), coarsest: 0, finest: field, write, isCut: () => false, isBetween: false }
}
