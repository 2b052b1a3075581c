import { expect, test } from 'vitest'
import { SharedLooks } from './shared-looks'

/** Looks that end when the test says so; each gives how often it was looked before it began. */
function makeLooks() {
  const looks = new SharedLooks<number>()
  const begun: { end: () => void; fail: (error: Error) => void }[] = []
  const run = () =>
    new Promise<number>((resolve, reject) => {
      const nth = begun.length
      begun.push({ end: () => resolve(nth), fail: reject })
    })
  return { begun, look: (key = 'ada') => looks.look(key, run) }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('who comes while a look is under way shares the next one, which begins after they came', async () => {
  const { begun, look } = makeLooks()
  const [first, second, third] = [look(), look(), look()]
  expect(begun).toHaveLength(1)
  begun[0]?.end()
  expect(await first).toBe(0)
  await turn()
  expect(begun).toHaveLength(2)
  const late = look()
  begun[1]?.end()
  expect(await Promise.all([second, third])).toEqual([1, 1])
  await turn()
  begun[2]?.end()
  expect(await late).toBe(2)
  expect(begun).toHaveLength(3)
})

test('nothing is kept once a look is over', async () => {
  const { begun, look } = makeLooks()
  for (const nth of [0, 1, 2]) {
    const answer = look()
    begun[nth]?.end()
    expect(await answer).toBe(nth)
  }
})

test('another key waits for nobody', async () => {
  const { begun, look } = makeLooks()
  const looks = [look('ada'), look('mira')]
  expect(begun).toHaveLength(2)
  begun[1]?.end()
  expect(await looks[1]).toBe(1)
  begun[0]?.end()
  expect(await looks[0]).toBe(0)
})

test('a look that fails does so for all who share it, and the next is a fresh one', async () => {
  const { begun, look } = makeLooks()
  const [alone, ...together] = [look(), look(), look()]
  begun[0]?.fail(new Error('first'))
  await expect(alone).rejects.toThrow('first')
  await turn()
  begun[1]?.fail(new Error('second'))
  for (const one of together) await expect(one).rejects.toThrow('second')
  const after = look()
  begun[2]?.end()
  expect(await after).toBe(2)
})

test('a look that does not end holds up nobody for longer than a second', async () => {
  const { begun, look } = makeLooks()
  const stuck = look()
  const next = look()
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  expect(begun).toHaveLength(2)
  const later = look()
  begun[0]?.end()
  expect(await stuck).toBe(0)
  begun[1]?.end()
  expect(await next).toBe(1)
  await turn()
  begun[2]?.end()
  expect(await later).toBe(2)
})

test('who comes long after a look got stuck waits for it no more', async () => {
  const { begun, look } = makeLooks()
  const stuck = look()
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  const cameAt = performance.now()
  const next = look()
  await expect.poll(() => begun.length, { interval: 5 }).toBe(2)
  expect(performance.now() - cameAt).toBeLessThan(500)
  begun[1]?.end()
  expect(await next).toBe(1)
  begun[0]?.end()
  expect(await stuck).toBe(0)
})

test('a look that throws at once leaves its key to the next one', async () => {
  const looks = new SharedLooks<number>()
  const fail = (): Promise<number> => {
    throw new Error('at once')
  }
  const failed = await Promise.allSettled([looks.look('ada', fail), looks.look('ada', fail)])
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await turn()
  expect(await looks.look('ada', async () => 1)).toBe(1)
})
