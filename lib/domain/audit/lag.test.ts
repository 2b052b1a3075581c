import { expect, test } from 'vitest'
import { lagQuantileMs } from './lag'

test.each([
  [[], null],
  [[{ lagMs: 5, events: 1 }], 5],
  [
    [
      { lagMs: 9_000, events: 1 },
      { lagMs: 1_000, events: 99 },
    ],
    1_000,
  ],
  [
    [
      { lagMs: 9_000, events: 2 },
      { lagMs: 1_000, events: 98 },
    ],
    9_000,
  ],
])('counts each event with the lag of its batch: %j', (batches, lagMs) => {
  expect(lagQuantileMs(batches, 0.99)).toBe(lagMs)
})
