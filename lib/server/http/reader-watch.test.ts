import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ReaderWatch } from './reader-watch'

const IDLE_MS = 400

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const sleep = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** A watch over a reader of whom the system says `unsent`, and when it was told to be idle. */
function watchOf(unsent: () => number | undefined) {
  const told: number[] = []
  const since = performance.now()
  const onIdle = () => told.push(performance.now() - since)
  return { told, watch: new ReaderWatch({ idleMs: IDLE_MS, countUnsent: async () => unsent(), onIdle }) }
}

test.each([() => 1_000_000, () => undefined])('who takes nothing is idle, once', async (unsent) => {
  const { told, watch } = watchOf(unsent)
  watch.begin()
  await sleep(3 * IDLE_MS)
  expect(told).toHaveLength(1)
  expect(told[0]).toBeGreaterThanOrEqual(IDLE_MS)
})

test('who takes little of what the system holds is not, until they take nothing', async () => {
  let unsent = 1_000_000
  const { told, watch } = watchOf(() => unsent)
  watch.begin()
  for (let turn = 0; turn < 8; turn++) {
    unsent -= 300
    await sleep(IDLE_MS / 3)
  }
  expect(told).toEqual([])
  await sleep(3 * IDLE_MS)
  expect(told).toHaveLength(1)
})

test('who asks for more, or has left, is not', async () => {
  const { told, watch } = watchOf(() => 5)
  for (let turn = 0; turn < 6; turn++) {
    watch.begin()
    await sleep(IDLE_MS / 2)
  }
  watch.stop()
  await sleep(2 * IDLE_MS)
  expect(told).toEqual([])
})
