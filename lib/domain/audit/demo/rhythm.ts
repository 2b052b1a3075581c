import type { NodeType } from '../vocabulary'

/** What makes demo events: a type of node, or the queries that API nodes answer. */
export type DemoSource = NodeType | 'queries'
export const DEMO_SOURCES = ['design', 'automation', 'api', 'deployer', 'govern', 'queries'] as const
export const DEMO_DAYS = 30

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const PER_WEEKDAY: Record<DemoSource, number> = {
  design: 2_900,
  automation: 2_300,
  api: 900,
  deployer: 300,
  govern: 500,
  queries: 2_900,
}
/** Shares of a day by UTC hour: people work from 7 to 18, scenarios run at night, queries come around the clock. */
const PEOPLE = [0, 0, 0, 0, 0, 1, 2, 7, 11, 12, 11, 8, 6, 9, 11, 10, 7, 4, 1, 0, 0, 0, 0, 0]
const SCENARIOS = [9, 12, 12, 9, 6, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 3, 5]
const CLIENTS = [2, 2, 1, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5, 5, 5, 4, 3, 3, 2]
const SHAPES: Record<DemoSource, readonly number[]> = {
  design: PEOPLE,
  automation: SCENARIOS,
  api: CLIENTS,
  deployer: PEOPLE,
  govern: PEOPLE,
  queries: CLIENTS,
}
const WEEKEND: Record<DemoSource, number> = {
  design: 0.08,
  automation: 0.6,
  api: 0.5,
  deployer: 0,
  govern: 0.02,
  queries: 0.45,
}
/** Days before today on which a source was silent: an outage, a holiday, an upgrade. */
const SILENT_DAYS: Partial<Record<DemoSource, readonly number[]>> = {
  automation: [12],
  govern: [7, 8],
  deployer: [3, 16, 17],
  queries: [20],
}

/**
 * How many events a source had in an hour, before chance; 0 on its silent days.
 * @param hourMs the first instant of the hour
 */
export function expectedEvents(source: DemoSource, hourMs: number, nowMs: number): number {
  const daysAgo = Math.floor(nowMs / DAY_MS) - Math.floor(hourMs / DAY_MS)
  if (SILENT_DAYS[source]?.includes(daysAgo)) return 0
  const hour = new Date(hourMs)
  const day = hour.getUTCDay()
  const ofDay = PER_WEEKDAY[source] * (day === 0 || day === 6 ? WEEKEND[source] : 1)
  const shape = SHAPES[source]
  return (ofDay * (shape[hour.getUTCHours()] ?? 0)) / shape.reduce((sum, share) => sum + share, 0)
}

/** The hours of the last 30 days, oldest first, up to the last full one before `now`. */
export function demoHours(now: Date): number[] {
  const last = Math.floor(now.getTime() / HOUR_MS)
  const first = (Math.floor(now.getTime() / DAY_MS) - DEMO_DAYS + 1) * 24
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => (first + index) * HOUR_MS)
}
