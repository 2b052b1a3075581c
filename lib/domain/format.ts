/** UTC, or the zone of the person who looks, as an IANA name: `"Europe/Paris"`. */
export type ZoneName = string

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** A whole number with separators: `1204332` is `"1,204,332"`. */
export function formatCount(count: number): string {
  return COUNT.format(count)
}

/** A count and its noun: `1, "object"` is `"1 object"`, `3, "object"` is `"3 objects"`. */
export function formatQuantity(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Decimal bytes: `1400000000` is `"1.4 GB"`, `271000` is `"271 kB"`; a decimal below 100 from MB on. */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes
  let unit = 0
  let text = formatInUnit(value, unit)
  // 999,950 bytes round to 1000 kB: the next unit says it better.
  while (unit < BYTE_UNITS.length - 1 && Number(text) >= 1000) {
    value /= 1000
    unit += 1
    text = formatInUnit(value, unit)
  }
  return `${text} ${BYTE_UNITS[unit]}`
}

function formatInUnit(value: number, unit: number): string {
  const decimals = unit >= 2 && value < 99.95 ? 1 : 0
  return value.toFixed(decimals)
}

/** A duration in its two or three leading figures: `38` is `"38 ms"`, `400` is `"0.4 s"`, `200000` is `"3 min"`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 300) return `${Math.round(durationMs)} ms`
  if (durationMs < 9950) return `${(durationMs / SECOND_MS).toFixed(1)} s`
  if (durationMs < 59_500) return `${Math.round(durationMs / SECOND_MS)} s`
  if (durationMs < 59.5 * MINUTE_MS) return `${Math.round(durationMs / MINUTE_MS)} min`
  if (durationMs < 47.5 * HOUR_MS) return `${Math.round(durationMs / HOUR_MS)} h`
  return `${Math.round(durationMs / DAY_MS)} days`
}

/**
 * A time as people say it: `"24 s ago"`, `"6 min ago"`, `"2 h ago"`, `"in 20 s"`;
 * a day and more away it is the date, `"Nov 2"`, with the year when it differs.
 */
export function formatRelativeTime(at: Date, now: Date, zone: ZoneName = 'UTC'): string {
  const distanceMs = now.getTime() - at.getTime()
  const awayMs = Math.abs(distanceMs)
  if (awayMs >= DAY_MS) return formatDay(at, now, zone)
  const amount = formatAmount(awayMs)
  if (amount === null) return 'now'
  return distanceMs < 0 ? `in ${amount}` : `${amount} ago`
}

function formatAmount(awayMs: number): string | null {
  if (awayMs < SECOND_MS) return null
  if (awayMs < MINUTE_MS) return `${Math.floor(awayMs / SECOND_MS)} s`
  if (awayMs < HOUR_MS) return `${Math.floor(awayMs / MINUTE_MS)} min`
  return `${Math.floor(awayMs / HOUR_MS)} h`
}

/** A day: `"Nov 2"`, or `"Nov 2, 2025"` when it is not the year of `now`. */
export function formatDay(at: Date, now: Date, zone: ZoneName = 'UTC'): string {
  const year = (date: Date) => formatParts(date, zone, { year: 'numeric' })
  const sameYear = year(at) === year(now)
  return formatParts(at, zone, { month: 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) })
}

function formatParts(at: Date, zone: ZoneName, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options }).format(at)
}

/** The exact time in UTC to the second: `"2026-11-22 14:03:12 UTC"`. */
export function formatUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** The exact time in a zone: `"2026-11-22 15:03:12 Europe/Paris"`; in UTC as `formatUtc`. */
export function formatExact(at: Date, zone: ZoneName = 'UTC'): string {
  if (zone === 'UTC') return formatUtc(at)
  const options = { dateStyle: 'short', timeStyle: 'medium', timeZone: zone } as const
  // Sweden writes dates as ISO does.
  return `${new Intl.DateTimeFormat('sv-SE', options).format(at)} ${zone}`
}

/** The time of day: `"14:03"`, or `"14:03:12"` with seconds; says UTC when it is. */
export function formatClock(at: Date, zone: ZoneName = 'UTC', seconds = false): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const
  const text = new Intl.DateTimeFormat('en-GB', {
    ...options,
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(at)
  return zone === 'UTC' ? `${text} UTC` : text
}
