import { expect, test } from 'vitest'
import { nodeType } from '../vocabulary'
import { makeDemoHour } from './events'
import { DEMO_SOURCES, demoHours } from './rhythm'

const now = new Date('2026-11-22T14:05:00Z')
const all = DEMO_SOURCES.flatMap((source) =>
  demoHours(now).flatMap((hourMs) => {
    const hour = makeDemoHour(source, hourMs, now.getTime())
    return hour ? [{ source, hourMs, ...hour }] : []
  }),
)

test('there are about 200,000 events over 30 days, each marked and in its hour', () => {
  const count = all.reduce((sum, { lines }) => sum + lines.length, 0)
  expect(count).toBeGreaterThan(180_000)
  expect(count).toBeLessThan(260_000)
  for (const { hourMs, lines } of all.filter((_, index) => index % 50 === 0)) {
    for (const line of lines) {
      const { message, timestamp } = JSON.parse(line)
      expect(message.demo).toBe(true)
      expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(hourMs)
      expect(Date.parse(timestamp)).toBeLessThan(Math.min(hourMs + 3_600_000, now.getTime()))
    }
  }
})

test('weekends are quieter, and some periods are missing', () => {
  const days = (source: string) => {
    const counts = new Map<string, number>()
    for (const hour of all.filter((one) => one.source === source)) {
      const day = new Date(hour.hourMs).toISOString().slice(0, 10)
      counts.set(day, (counts.get(day) ?? 0) + hour.lines.length)
    }
    return counts
  }
  for (const type of nodeType.options) expect(days(type).size).toBeGreaterThan(15)
  expect(days('design').size).toBe(30)
  expect(days('govern').size).toBe(28)
  expect((days('design').get('2026-11-15') ?? 0) * 5).toBeLessThan(days('design').get('2026-11-17') ?? 0)
})

test('an hour is the same whenever it is made, and ids do not repeat', () => {
  const hourMs = Date.parse('2026-11-20T09:00:00Z')
  const later = Date.parse('2026-11-22T20:00:00Z')
  expect(makeDemoHour('design', hourMs, now.getTime())).toEqual(makeDemoHour('design', hourMs, later))
  const ids = all.flatMap(({ lines }) => lines.slice(0, 20).map((line) => JSON.parse(line).message.eventId))
  expect(new Set(ids).size).toBe(ids.length)
  expect(
    ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toBe(true)
})
