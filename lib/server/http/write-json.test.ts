import { expect, test } from 'vitest'
import * as z from 'zod'
import { SharedLooks } from '../access/shared-looks'
import { writeJson } from './write-json'

const shape = z.object({ name: z.string() })

test('writes what the shape declares and nothing else', () => {
  expect(writeJson(shape, { name: 'hits', secret: 'x' })).toBe('{"name":"hits"}')
  expect(() => writeJson(shape, { name: 1 })).toThrow('declared shape')
})

test('an answer of one’s own is written as it is each time', () => {
  const value = { name: 'hits' }
  writeJson(shape, value)
  value.name = 'visits'
  expect(writeJson(shape, value)).toBe('{"name":"visits"}')
})

test('a shared answer is checked and written once, for each shape', async () => {
  let looked = 0
  const value = {
    get name() {
      looked++
      return 'hits'
    },
    size: 1,
  }
  const shared = await new SharedLooks<object>().look('', async () => value)
  const texts = [1, 2, 3].map(() => writeJson(shape, shared))
  expect(new Set(texts)).toEqual(new Set(['{"name":"hits"}']))
  expect(looked).toBe(1)
  expect(writeJson(z.object({ size: z.number() }), shared)).toBe('{"size":1}')
})
