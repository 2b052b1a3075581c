import { expect, test } from 'vitest'
import { pickFiles } from './choose-files'

const file = (path: string, sizeBytes: number, modifiedAtMs: number) => ({ path, sizeBytes, modifiedAtMs })
const many = Array.from({ length: 100 }, (_, n) =>
  file(`/${n}.log`, n === 40 ? 1 : n === 60 ? 9_999 : 100, n),
)
const pick = (met: typeof many, fixed: typeof many, isVaried: boolean) =>
  pickFiles(met, fixed, 8, isVaried).map(({ path }) => path)

test('picks the oldest, the newest, the smallest and the largest, and others between', () => {
  const picked = pick(many, [], true)
  expect(picked).toHaveLength(8)
  expect(picked).toEqual(expect.arrayContaining(['/0.log', '/40.log', '/60.log', '/99.log']))
  expect(picked[0]).toBe('/0.log')
  expect(picked.at(-1)).toBe('/99.log')
})

test('of several kinds only the one that is met most is looked at', () => {
  const mixed = [...many.slice(0, 3), file('/a.png', 5, 200), file('/b.png', 5, 201)]
  expect(pick(mixed, [], true)).toEqual(['/0.log', '/1.log', '/2.log'])
  expect(pick([], [], true)).toEqual([])
})

test.each([true, false])(
  'files that are to be among them always are, in the order of their ages',
  (isVaried) => {
    const [shown, listed] = [file('/shown.csv', 7, 33.5), file('/listed.csv', 7, 500)]
    const picked = pick([...many, shown, listed], [listed, shown], isVaried)
    expect(picked).toHaveLength(8)
    expect(picked).toEqual(expect.arrayContaining(['/shown.csv', '/listed.csv', '/0.log']))
    expect(picked.at(-1)).toBe('/listed.csv')
    // One that is picked anyway takes no other's place.
    expect(pick(many, many.slice(-1), isVaried)).toHaveLength(8)
    expect(pick(many, many.slice(20, 30), isVaried)).toHaveLength(10)
  },
)
