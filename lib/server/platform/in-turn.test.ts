import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inTurn } from './in-turn'

/** A work that takes a while, and tells when it begins and ends. */
const work = (told: string[], name: string) => async () => {
  told.push(`${name} begins`)
  await sleep(5)
  told.push(`${name} ends`)
  return name
}

test('works about one thing follow one another in the order in which they were asked for', async () => {
  const told: string[] = []
  const outcomes = ['a', 'b', 'c'].map((name) => inTurn('one thing', work(told, name)))
  expect(await Promise.all(outcomes)).toEqual(['a', 'b', 'c'])
  expect(told).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('works about other things do not wait', async () => {
  const told: string[] = []
  await Promise.all(['a', 'b'].map((name) => inTurn(`thing ${name}`, work(told, name))))
  expect(told.slice(0, 2)).toEqual(['a begins', 'b begins'])
})

test('a work that fails tells who asked for it, and the next goes on', async () => {
  const failing = inTurn('a fault', async () => {
    throw new Error('no luck')
  })
  const next = inTurn('a fault', async () => 'done')
  await expect(failing).rejects.toThrow('no luck')
  expect(await next).toBe('done')
})

test('one that is asked for while the last one ends still follows it', async () => {
  const told: string[] = []
  const first = inTurn('late', work(told, 'a'))
  const second = inTurn('late', work(told, 'b'))
  await first
  // The end of the first must not have it forgotten that the second goes on.
  await Promise.all([second, inTurn('late', work(told, 'c'))])
  expect(told).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})
