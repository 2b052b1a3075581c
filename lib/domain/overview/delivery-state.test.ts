import { expect, test } from 'vitest'
import { deliveryState, isLate } from './delivery-state'

const at = new Date('2026-11-22T14:05:00Z')
const quiet = {
  delivers: true,
  waiting: 0,
  waitingSince: null,
  activeSince: null,
  lastError: null,
  lastObjectAt: null,
}
const waiting = { ...quiet, waiting: 3, waitingSince: '2026-11-22T14:04:30Z' }

test.each([
  [quiet, 'idle'],
  [{ ...quiet, lastObjectAt: '2026-11-22T14:00:00Z' }, 'delivering'],
  [waiting, 'delivering'],
  [{ ...waiting, lastError: 'The store asks to slow down' }, 'waiting'],
  [{ ...waiting, waitingSince: '2026-11-22T14:02:00Z' }, 'waiting'],
  [{ ...waiting, waitingSince: '2026-11-02T14:02:00Z', activeSince: '2026-11-22T14:04:59Z' }, 'delivering'],
  [{ ...waiting, delivers: false, waitingSince: '2026-11-01T14:02:00Z' }, 'off'],
] as const)('%j is %s', (facts, state) => {
  expect(deliveryState(facts, at)).toBe(state)
  expect(isLate(facts, at)).toBe(state === 'waiting')
})
