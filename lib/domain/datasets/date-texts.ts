const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/** Tells whether a text is a day of the calendar: `2026-02-28`, and not `2026-02-30`. */
export function isDate(text: string): boolean {
  const found = DATE.exec(text)
  if (!found) return false
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Tells whether a text is a moment, with its zone: `2026-02-19T15:05:02.441+0100`. */
export const isMoment = (text: string): boolean => zoneOf(text) === 'zone'

/** Tells whether a text is a date and time of no zone: `2026-02-19 15:05`. */
export const isWallClock = (text: string): boolean => zoneOf(text) === 'none'

/** Farther than any clock on earth has been from UTC. */
const MOST_ZONE_HOURS = 18

function zoneOf(text: string): 'zone' | 'none' | null {
  const found = DATE_TIME.exec(text)
  if (!found) return null
  const [, date = '', hour, minute, second = '0', zone] = found
  if (!isDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  if (zone === undefined) return 'none'
  if (/^z$/i.test(zone)) return 'zone'
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', ''))]
  return hours <= MOST_ZONE_HOURS && minutes <= 59 ? 'zone' : null
}
