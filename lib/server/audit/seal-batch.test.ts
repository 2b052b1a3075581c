import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { idAfter, packLines } from './seal-batch'

test('equal lines make equal bytes', async () => {
  const [first, second] = [await packLines(['a', 'b']), await packLines(['a', 'b'])]
  expect(first.equals(second)).toBe(true)
  expect(gunzipSync(first).toString()).toBe('a\nb\n')
})

test('a later batch never sorts before an earlier one, also when clocks differ', () => {
  expect(idAfter(undefined)).toMatch(/^[0-9a-f-]{36}$/)
  const ahead = 'ffff0000-0000-7fff-bfff-ffffffffffff'
  expect(idAfter(ahead) > ahead).toBe(true)
  expect(idAfter(ahead)).toMatch(/^ffff0000-0001-7[0-9a-f]{3}-[89ab]/)
  let last = idAfter(undefined)
  for (let i = 0; i < 1_000; i++) {
    const next = idAfter(last)
    expect(next > last).toBe(true)
    last = next
  }
})
