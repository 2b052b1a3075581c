import { expect, test } from 'vitest'
import { inSlices } from './loop-slices'

const VALUES = 60
const WORK_MS = 2

/** Values that are always there, each of which costs time. */
async function* busy() {
  for (let n = 0; n < VALUES; n++) {
    const since = performance.now()
    while (performance.now() - since < WORK_MS);
    yield n
  }
}

/** How often the event loop went round while the values were taken. */
async function countTurns(values: AsyncIterable<number>): Promise<{ turns: number; taken: number[] }> {
  let [turns, isOver] = [0, false]
  const goRound = () => {
    turns++
    if (!isOver) setImmediate(goRound)
  }
  setImmediate(goRound)
  const taken: number[] = []
  for await (const value of values) taken.push(value)
  isOver = true
  return { turns, taken }
}

test('work without pause lets the event loop go round, and loses nothing', async () => {
  expect((await countTurns(busy())).turns).toBe(0)
  const { turns, taken } = await countTurns(inSlices(busy()))
  expect(taken).toEqual(Array.from({ length: VALUES }, (_, n) => n))
  // At least once in the time of two slices.
  expect(turns).toBeGreaterThanOrEqual(Math.floor((VALUES * WORK_MS) / 20))
})

test('works at once share a slice', async () => {
  const all = await Promise.all([1, 2, 3].map(() => countTurns(inSlices(busy()))))
  for (const { turns } of all) expect(turns).toBeGreaterThanOrEqual(Math.floor((3 * VALUES * WORK_MS) / 40))
})
