import { expect, test } from 'vitest'
import { takeEvenly } from './take-evenly'

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)

test('takes all where they are few', () => {
  expect(takeEvenly(numbers(5), 5)).toEqual([0, 1, 2, 3, 4])
  expect(takeEvenly([], 5)).toEqual([])
})

test('takes one of each stretch, in order and never twice', () => {
  for (const count of [6, 7, 100, 100_003]) {
    const taken = takeEvenly(numbers(count), 5)
    expect(taken).toHaveLength(5)
    expect(new Set(taken).size).toBe(5)
    for (const [stretch, at] of taken.entries()) {
      expect(at).toBeGreaterThanOrEqual(Math.floor((stretch * count) / 5))
      expect(at).toBeLessThan(Math.floor(((stretch + 1) * count) / 5))
    }
  }
})

test('takes every hour of a year of hours', () => {
  const hours = numbers(24 * 4_000).map((at) => at % 24)
  expect(new Set(takeEvenly(hours, 4_000)).size).toBe(24)
})
