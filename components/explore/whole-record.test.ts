import { expect, test } from 'vitest'
import { isPutTogether, wholeRecord } from './whole-record'

const column = (name: string) => ({ name, type: 'string' }) as never
const [line, both] = [[column('line')], [column('a'), column('b')]]

test('a line is shown as its file holds it', () => {
  expect(wholeRecord(line, { cells: ['{"a": 1.0}'] })).toBe('{"a": 1.0}')
  expect(isPutTogether(line, {})).toBe(false)
})

test('columns are shown as one JSON text, and said to be', () => {
  expect(wholeRecord(both, { cells: ['1.0', null], absent: [1] })).toBe('{"a":"1.0"}')
  expect(isPutTogether(both, {})).toBe(true)
})

test('what could not be taken apart is shown as its file holds it', () => {
  const row = { cells: [], unparsed: 'no JSON', raw: '{"a": ' }
  expect(wholeRecord(both, row)).toBe('{"a": ')
  expect(isPutTogether(both, row)).toBe(false)
})
