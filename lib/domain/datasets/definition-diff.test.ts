import { expect, test } from 'vitest'
import { parseExactJson } from '../exact-json'
import { newDefinition } from './definition'
import { diffDefinitions } from './definition-diff'

const withColumns = (type: string, at: number) => {
  const columns = Array.from({ length: 30 }, (_, index) => ({
    name: `column_${index}`,
    type: index === at ? type : 'string',
  }))
  return { name: 'a', definition: { ...newDefinition(), schema: { columns, userModified: true } } }
}

test('of many columns those are shown that differ', () => {
  for (const at of [0, 1, 10, 25, 29]) {
    const [change, ...more] = diffDefinitions(withColumns('string', at), withColumns('bigint', at))
    expect(more).toEqual([])
    expect(change).toMatchObject({
      setting: 'schema.columns',
      from: expect.stringContaining(`column_${at} string`),
      to: expect.stringContaining(`column_${at} bigint`),
    })
  }
  const [last] = diffDefinitions(withColumns('string', 29), withColumns('bigint', 29))
  expect(last?.to).toBe('…column_29 bigint')
})

test('long texts differ where they are cut, also within a pair of units', () => {
  const of = (end: string) => ({
    name: 'a',
    definition: { ...newDefinition(), note: `${'😀'.repeat(300)}${end}` },
  })
  const [change] = diffDefinitions(of('x'), of('y'))
  expect(change?.from).not.toBe(change?.to)
  expect(change?.from?.endsWith('😀x')).toBe(true)
  expect(change?.from?.length).toBeLessThan(100)
})

test('numbers are told as they are written, however large', () => {
  const of = (number: string) => ({
    name: 'a',
    definition: { ...newDefinition(), custom: parseExactJson(number) },
  })
  expect(diffDefinitions(of('9007199254740992'), of('9007199254740993'))).toEqual([
    { setting: 'custom', from: '9007199254740992', to: '9007199254740993' },
  ])
})
