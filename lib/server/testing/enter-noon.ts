import 'server-only'
import { moveClock } from '../platform/clock'

const DAY_MS = 86_400_000

/**
 * Moves the clock to the next day at noon in UTC, or so much later, so that neither an hour nor a day ends within a test.
 * Whoever calls this sets the clock back.
 */
export const enterNoon = (laterMs = 0): void =>
  moveClock(DAY_MS - (Date.now() % DAY_MS) + DAY_MS / 2 + laterMs)
