/** A way to write times, with how it is told. */
interface TimeLayout {
  /** As date patterns are written: `"yyyy-MM-dd'T'HH:mm:ssXX"`. */
  layout: string
  pattern: RegExp
}

const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const MONTH = '(?:0?[1-9]|1[0-2])'
const ISO_DAY = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])'
const CLOCK = '(?:[01]\\d|2[0-4]):[0-5]\\d'
const MONTH_NAME = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const DAY_NAME = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'

const whole = (source: string) => new RegExp(`^${source}$`)

const FIXED: TimeLayout[] = [
  {
    layout: 'dd/MMM/yyyy:HH:mm:ss Z',
    pattern: whole(`\\d{2}/${MONTH_NAME}/\\d{4}:${CLOCK}:\\d{2} [+-]\\d{4}`),
  },
  { layout: 'MMM d HH:mm:ss', pattern: whole(`${MONTH_NAME} [ \\d]\\d ${CLOCK}:\\d{2}`) },
  {
    layout: 'EEE MMM dd HH:mm:ss.SSSSSS yyyy',
    pattern: whole(`${DAY_NAME} ${MONTH_NAME} [ \\d]\\d ${CLOCK}:\\d{2}\\.\\d{6} \\d{4}`),
  },
  {
    layout: 'EEE MMM dd HH:mm:ss yyyy',
    pattern: whole(`${DAY_NAME} ${MONTH_NAME} [ \\d]\\d ${CLOCK}:\\d{2} \\d{4}`),
  },
  {
    layout: 'EEE, dd MMM yyyy HH:mm:ss z',
    pattern: whole(`${DAY_NAME}, \\d{2} ${MONTH_NAME} \\d{4} ${CLOCK}:\\d{2} (?:[A-Z]{3,4}|[+-]\\d{4})`),
  },
  {
    layout: 'dd/MMM/yyyy:HH:mm:ss.SSS',
    pattern: whole(`\\d{2}/${MONTH_NAME}/\\d{4}:${CLOCK}:\\d{2}\\.\\d{3}`),
  },
  { layout: 'dd-MMM-yyyy HH:mm:ss', pattern: whole(`\\d{2}-${MONTH_NAME}-\\d{4} ${CLOCK}:\\d{2}`) },
  { layout: 'yyyy/MM/dd HH:mm:ss', pattern: whole(`\\d{4}/\\d{2}/\\d{2} ${CLOCK}:\\d{2}`) },
  { layout: 'yyyy/MM/dd', pattern: whole(`\\d{4}/\\d{2}/\\d{2}`) },
  { layout: 'HH:mm:ss', pattern: whole(`${CLOCK}:\\d{2}`) },
]

const ISO = new RegExp(
  `^${ISO_DAY}(?:([T ])${CLOCK}(:\\d{2}(?:([.,])(\\d{1,9}))?)?( ?(?:Z|UTC|[+-]\\d{2}(?::?\\d{2})?))?)?$`,
)

/**
 * Tells how one time is written; undefined for what is none, and for days and months as numbers, which one value does not tell.
 * @example layoutOfTime('2026-02-19T15:05:02.441+0000') // "yyyy-MM-dd'T'HH:mm:ss.SSSXX"
 */
export function layoutOfTime(text: string): string | undefined {
  return isoLayout(text) ?? FIXED.find(({ pattern }) => pattern.test(text))?.layout
}

function isoLayout(text: string): string | undefined {
  const found = ISO.exec(text)
  if (found === null) return undefined
  const [, between, seconds, point, fraction, zone] = found
  if (between === undefined) return 'yyyy-MM-dd'
  const day = `yyyy-MM-dd${between === 'T' ? "'T'" : ' '}HH:mm`
  const clock = seconds === undefined ? day : `${day}:ss`
  const exact = fraction === undefined ? clock : `${clock}${point}${'S'.repeat(fraction.length)}`
  return exact + zoneLayout(zone)
}

/** `Z` and `+01:00` are one layout, `+0100` another. */
function zoneLayout(zone: string | undefined): string {
  if (zone === undefined) return ''
  const space = zone.startsWith(' ') ? ' ' : ''
  const text = zone.trim()
  if (text === 'UTC') return `${space}z`
  if (text === 'Z' || text.includes(':')) return `${space}XXX`
  return `${space}${text.length > 3 ? 'XX' : 'X'}`
}

const NUMERIC_DATE = new RegExp(
  `^(${DAY})([/.-])(${DAY})\\2(\\d{4}|\\d{2})(?:[ T,]+(${CLOCK}(:\\d{2})?(?: ?[AP]M)?))?$`,
  'i',
)
const SHORT_MONTH = new RegExp(`^${MONTH}$`)

/** How days and months as numbers are written in a column. */
export interface NumericDates {
  layout: string
  /** The other order, when no value speaks against it. */
  ambiguousWith?: string
}

/** Tells day from month by a value above 12; undefined when the values are no such dates, or contradict each other. */
export function layoutOfNumericDates(values: readonly string[]): NumericDates | undefined {
  let [dayFirst, monthFirst] = [false, false]
  const shapes = new Set<string>()
  for (const value of values) {
    const found = NUMERIC_DATE.exec(value)
    if (found === null) return undefined
    const [, first = '', mark = '', second = '', year = '', clock, seconds] = found
    const [a, b] = [SHORT_MONTH.test(first), SHORT_MONTH.test(second)]
    if (!a && !b) return undefined
    dayFirst ||= !a
    monthFirst ||= !b
    const hours = /[AP]M$/i.test(clock ?? '') ? 'hh:mm' : 'HH:mm'
    const time =
      clock === undefined
        ? ''
        : ` ${hours}${seconds === undefined ? '' : ':ss'}${hours === 'hh:mm' ? ' a' : ''}`
    shapes.add(`${mark}${year.length === 4 ? 'yyyy' : 'yy'}${time}`)
  }
  const [shape = ''] = shapes
  const mark = shape[0] ?? '/'
  if ((dayFirst && monthFirst) || shapes.size !== 1) return undefined
  const inOrder = (one: string, other: string) => `${one}${mark}${other}${shape}`
  if (monthFirst) return { layout: inOrder('MM', 'dd') }
  const layout = inOrder('dd', 'MM')
  // With dots the day always comes first.
  return dayFirst || mark === '.' ? { layout } : { layout, ambiguousWith: inOrder('MM', 'dd') }
}

const EPOCHS: { layout: string; pattern: RegExp; perSecond: number }[] = [
  { layout: 'epoch seconds', pattern: /^\d{10}(?:\.\d{1,9})?$/, perSecond: 1 },
  { layout: 'epoch milliseconds', pattern: /^\d{13}(?:\.\d{1,6})?$/, perSecond: 1e3 },
  { layout: 'epoch microseconds', pattern: /^\d{16}$/, perSecond: 1e6 },
  { layout: 'epoch nanoseconds', pattern: /^\d{19}$/, perSecond: 1e9 },
]
/** 2000 to 2100: other numbers of that length are no times. */
const EPOCH_SECONDS = { from: 946_684_800, to: 4_102_444_800 }

/** Tells numbers that count from 1970 by their size; undefined for others. */
export function layoutOfEpoch(text: string): string | undefined {
  const epoch = EPOCHS.find(({ pattern }) => pattern.test(text))
  if (epoch === undefined) return undefined
  const seconds = Number(text) / epoch.perSecond
  return seconds >= EPOCH_SECONDS.from && seconds < EPOCH_SECONDS.to ? epoch.layout : undefined
}
