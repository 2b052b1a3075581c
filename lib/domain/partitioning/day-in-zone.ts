import { parsePeriod, periodStart, periodStartMs } from './periods'

/**
 * When a UTC day runs in a person's zone: `dayInZone('Europe/Paris', '2026-11-22')` is `"01:00–01:00"`.
 * Null if the zone or the day does not exist. Presentation only: identifiers never depend on a zone.
 */
export function dayInZone(zone: string, day: string): string | null {
  const ordinal = parsePeriod(day, 'DAY')
  const startsAt = periodStart(day, 'DAY')
  if (ordinal === null || startsAt === null) return null
  try {
    const clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    return `${clock.format(startsAt)}–${clock.format(periodStartMs(ordinal + 1, 'DAY'))}`
  } catch {
    return null
  }
}
