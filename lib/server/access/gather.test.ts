import { expect, test } from 'vitest'
import { Gatherings } from './gather'

test('what comes meanwhile is worked on together; one kind of work waits for no other', async () => {
  const ends: (() => void)[] = []
  const sizes: number[] = []
  const slow = new Gatherings<number, number>((_, items) => {
    sizes.push(items.length)
    return new Promise((resolve) => ends.push(() => resolve(items.map((item) => item * 2))))
  })
  const first = slow.add('a', 1)
  await Promise.resolve()
  const others = [slow.add('a', 2), slow.add('a', 3)]
  const quick = new Gatherings<number, number>(async (_, items) => items)
  expect(await quick.add('a', 7)).toBe(7)
  ends[0]?.()
  expect(await first).toBe(2)
  await expect.poll(() => ends.length).toBe(2)
  ends[1]?.()
  expect(await Promise.all(others)).toEqual([4, 6])
  expect(sizes).toEqual([1, 2])
})
