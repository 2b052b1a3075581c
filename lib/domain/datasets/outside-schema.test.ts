import { expect, test } from 'vitest'
import { columnsNotIn, OutsideTally, sayOutside, stillOutside } from './outside-schema'

const column = (name: string) => ({ name, type: 'string' })

test('columns of a file that a schema does not hold are found by their names there', () => {
  const schema = [{ name: 'who', source: 'user', type: 'string' }, column('__proto__')]
  const found = ['user', 'a', '__proto__', 'a', 'who'].map(column)
  expect(columnsNotIn(schema, found).map(({ place, column: { name } }) => [place, name])).toEqual([
    [3, 'a'],
    [4, 'who'],
  ])
})

test('values outside of a schema are counted and told', () => {
  const tally = new OutsideTally()
  expect(sayOutside(tally.report())).toBe(null)
  tally.add(column('b'))
  expect(sayOutside(tally.report())).toBe('1 value stands in 1 column that is not in the schema: b')
  for (const name of ['a', 'a', '', '__proto__', 'c']) tally.add(column(name))
  expect(tally.report()).toMatchObject({
    more: 0,
    values: 6,
    columns: [{ name: 'a', values: 2 }, {}, {}, {}, {}],
  })
  expect(sayOutside(tally.report())).toBe(
    '6 values stand in 5 columns that are not in the schema: a, (no name), __proto__ and 2 others',
  )
  for (let n = 0; n < 1_500; n++) tally.add(column(`n${n}`))
  expect(tally.report()).toMatchObject({ more: 505, values: 1_506 })
})

test('what was added meanwhile is outside no more', () => {
  const tally = new OutsideTally()
  for (const name of ['a', 'a', 'b', 'c']) tally.add(column(name))
  const left = stillOutside([column('b'), { ...column('x'), source: 'a' }], tally.report(2))
  expect(left).toEqual({ columns: [], more: 1, values: 1 })
  expect(stillOutside([], tally.report())).toEqual(tally.report())
})

test('in whatever order files are read, the same is told', () => {
  const values = [column('b'), column('a'), { name: 'n', type: 'int' }, { name: 'n', type: 'double' }]
  const told = [values, values.toReversed()].map((order) => {
    const tally = new OutsideTally()
    for (const one of order) tally.add(one)
    return tally.report()
  })
  expect(told[0]).toEqual(told[1])
  expect(told[0]?.columns).toEqual([
    { name: 'n', type: 'double', values: 2 },
    { name: 'a', type: 'string', values: 1 },
    { name: 'b', type: 'string', values: 1 },
  ])
})
