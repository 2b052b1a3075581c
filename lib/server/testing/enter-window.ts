import 'server-only'
import { moveClock } from '../platform/clock'

const WINDOW_MS = 15 * 60_000

/**
 * Moves the clock to the beginning of a window to come in which attempts are counted, so that none ends within a test. Whoever
 * calls this sets the clock back.
 */
export const enterWindow = (ahead = 1): void =>
  moveClock(ahead * WINDOW_MS - (Date.now() % WINDOW_MS) + 1_000)
