import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newDefinition } from './datasets/definition'
import { fromDssDataset, toDssDataset } from './datasets/dss-json'
import { parseExactJson, printExactJson } from './exact-json'
import { propertyRuns } from './property-runs.arbitraries'

test.each([
  '12345678901234567890',
  '-9007199254740993',
  '1e400',
  '0.1234567890123456789012345',
  '[9007199254740993,{"a":[18446744073709551616]}]',
  '{"__proto__":{"__proto__":1,"a":9007199254740993}}',
  '{"\ue000number":"5"}',
  '{"\ue000number":"5","\ue000\ue000number":{"\ue000__proto__":1}}',
  '{"a":1.0,"b":{"c":[1e5,[-0,2,0.10]],"d":1},"__proto__":1E+2}',
  '{"\ue000spelled":{"a":"2.0"},"a":2}',
  '{"":1.0,"constructor":-0.0}',
  '[[1.0],{"a":2.50}]',
  '-0',
])('%s comes back as it was', (text) => {
  expect(printExactJson(parseExactJson(text))).toBe(text)
})

test('numbers that fit are numbers, however they are spelled', () => {
  expect(parseExactJson('{"a":[1.0, 150, 1.50e2, 0.1, -0.0, 9007199254740991, 1e21],"b":2.0,"c":3}')).toEqual(
    {
      a: [1, 150, 150, 0.1, -0, 9_007_199_254_740_991, 1e21],
      b: 2,
      c: 3,
      '\ue000spelled': { a: { 0: '1.0', 2: '1.50e2', 4: '-0.0', 6: '1e21' }, b: '2.0' },
    },
  )
  expect(parseExactJson('{"a":{"b":1}}')).toEqual({ a: { b: 1 } })
  expect(() => parseExactJson('{"a":01}')).toThrow(SyntaxError)
})

test('a long list of such numbers is read and printed in linear time', () => {
  const text = `{"list":[${Array.from({ length: 200_000 }, () => '1.0').join(',')}]}`
  expect(printExactJson(parseExactJson(text))).toBe(text)
})

test('a number that was changed since is spelled as it is', () => {
  const spelled = { a: '1.0', list: { 0: '2.0', 1: '3.0' }, gone: '4.0', text: '5' }
  const changed = { a: 2, list: [2, 5, 6], text: '5', '\ue000spelled': spelled }
  expect(printExactJson(changed)).toBe('{"a":2,"list":[2.0,5,6],"text":"5"}')
})

test('nothing but the same number gets into the JSON, whatever is said of its spelling', () => {
  for (const how of ['1,"b":2', '1 ', '01', 'null', '0x1', '2', ['1.0'], { 0: '1.0' }, null, 1])
    expect(printExactJson({ a: 1, '\ue000spelled': { a: how } })).toBe('{"a":1}')
  for (const spelled of ['1.0', null, ['1.0'], 1])
    expect(printExactJson({ a: 1, '\ue000spelled': spelled })).toBe('{"a":1}')
})

test('no text that stands for a number gets anything else into the JSON', () => {
  for (const text of ['', '1,"a":2', '1 ', 'null', '01', '1e', '{}'])
    expect(JSON.parse(printExactJson({ '\ue000number': text }))).toEqual({ number: text })
})

const number = fc.oneof(
  fc.bigInt().map(String),
  fc.bigInt({ min: 10n ** 20n }).map((digits) => `0.${digits}1`),
  fc.integer().map(String),
  fc.integer().map((whole) => `${whole}.0`),
  fc.constantFrom('-0', '1e5', '1.50', '2E-3', '0.0', '1e-400', '100e-2'),
)
// Keys like array indices change their places in every object.
const key = fc
  .oneof(
    fc.constantFrom('__proto__', 'constructor', '\ue000', '\ue000number', '\ue000spelled', '\ue000__proto__'),
    fc.string(),
  )
  .filter((text) => !/^\d+$/.test(text))
const { json } = fc.letrec<{ json: string; list: string; object: string }>((tie) => ({
  json: fc.oneof({ depthSize: 'small' }, number, fc.string().map(toJson), tie('list'), tie('object')),
  list: fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
  object: fc
    .uniqueArray(fc.tuple(key, tie('json')), { maxLength: 4, selector: ([name]) => name })
    .map((entries) => `{${entries.map(([name, value]) => `${toJson(name)}:${value}`).join(',')}}`),
}))

function toJson(text: string): string {
  return JSON.stringify(text)
}

test('any JSON comes back as it was', () => {
  fc.assert(
    fc.property(json, (text) => {
      expect(printExactJson(parseExactJson(text))).toBe(text)
    }),
    propertyRuns(),
  )
})

test('a definition keeps any JSON under a key that nobody here knows, at any depth', () => {
  const { schema, ...rest } = newDefinition()
  const known = JSON.stringify({ ...rest, params: undefined }).slice(1, -1)
  fc.assert(
    fc.property(json, json, json, (top, inner, proto) => {
      const sent = `{"name":"a","__proto__":${proto},"unknown":${top},"params":{"connection":"lake","path":"/","__proto__":${proto},"deep":${inner}},"schema":${JSON.stringify(schema)},${known}}`
      const read = fromDssDataset(parseExactJson(sent))
      if (!read.ok) throw new Error(JSON.stringify(read.issues))
      const given = printExactJson(toDssDataset(read.value.definition, { projectKey: 'P', name: 'a' }))
      for (const part of [`"unknown":${top}`, `"deep":${inner}`]) expect(given).toContain(part)
      expect(given.split(`"__proto__":${proto}`).length).toBeGreaterThan(2)
    }),
    propertyRuns(),
  )
})
