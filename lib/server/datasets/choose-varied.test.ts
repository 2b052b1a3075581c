import { expect, test } from 'vitest'
import { pickVaried } from './choose-varied'

const file = (path: string, sizeBytes: number, modifiedAtMs: number) => ({ path, sizeBytes, modifiedAtMs })
const many = Array.from({ length: 100 }, (_, n) =>
  file(`/${n}.log`, n === 40 ? 1 : n === 60 ? 9_999 : 100, n),
)

test('picks the oldest, the newest, the smallest and the largest, and others between', () => {
  const picked = pickVaried(many, 8).map(({ path }) => path)
  expect(picked).toHaveLength(8)
  expect(picked).toEqual(expect.arrayContaining(['/0.log', '/40.log', '/60.log', '/99.log']))
  expect(picked[0]).toBe('/0.log')
  expect(picked.at(-1)).toBe('/99.log')
})

test('of several kinds only the one that is met most is looked at', () => {
  const mixed = [...many.slice(0, 3), file('/a.png', 5, 200), file('/b.png', 5, 201)]
  expect(pickVaried(mixed, 8).map(({ path }) => path)).toEqual(['/0.log', '/1.log', '/2.log'])
  expect(pickVaried([], 8)).toEqual([])
})
