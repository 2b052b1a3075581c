import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indentText, prettyJson } from './record-text'

test.each([
  ['{"a":1,"b":[1,{}]}', '{\n  "a": 1,\n  "b": [\n    1,\n    {}\n  ]\n}'],
  ['plain', null],
  ['"text"', null],
  ['{broken', null],
])('%j is shown as %j', (text, pretty) => {
  expect(prettyJson(text)).toBe(pretty)
})

test('numbers keep their digits', () => {
  expect(prettyJson('{"id": 12345678901234567890, "f": 1.0}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "f": 1.0\n}',
  )
})

test('indenting by characters agrees with JSON.stringify', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const compact = JSON.stringify(JSON.parse(json))
      expect(indentText(compact)).toBe(JSON.stringify(JSON.parse(json), null, 2))
    }),
  )
})
