import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '../../property-runs.arbitraries'
import { jsonPiece } from '../json-text/json-text.arbitraries'
import { outlineJson } from './json-outline'

describe('the outline of a text', () => {
  test('counts values at the top and says where they stand', () => {
    const text = '{"a":1} [2]\n{"b":{}}3'
    const { values, objects, spans, readChars, open } = outlineJson(text)
    expect({ values, objects, readChars, open }).toEqual({
      values: 4,
      objects: 2,
      readChars: text.length,
      open: false,
    })
    expect(spans.map(([start, end]) => text.slice(start, end))).toEqual(['{"a":1}', '{"b":{}}'])
  })

  test('names arrays by the objects that lead to them, not by arrays', () => {
    const text = '{"a.b":{"c":[{"d":[1]},2]},"Records":[{}]}'
    const { arrays } = outlineJson(text)
    expect(arrays.map(({ path, objects, others, chars }) => [path, objects, others, chars])).toEqual([
      ['a\\.b.c', 1, 1, '[{"d":[1]},2]'.length],
      ['Records', 1, 0, 4],
    ])
  })

  test('tells where a text stops being JSON', () => {
    const stops = ['[1,]', '{"a":1,}', '{"a" 1}', '[01]', '{1:2}', 'nul1', '"a\nb"', '[1 2]', ']']
    expect(stops.map((text) => outlineJson(text).readChars)).toEqual([3, 7, 5, 2, 1, 0, 0, 3, 0])
  })

  test('takes any nesting for deep enough at some point', () => {
    expect(outlineJson('['.repeat(50_000)).readChars).toBe(200)
  })

  test('reads all of what is JSON, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { maxLength: 3 }), fc.nat(), (values, cut) => {
        const text = values.map((value) => ` ${value}\n`).join('')
        expect(outlineJson(text)).toMatchObject({
          values: values.length,
          readChars: text.length,
          open: false,
        })
        const part = text.slice(0, text.length === 0 ? 0 : cut % text.length)
        expect(outlineJson(part).readChars).toBe(part.length)
      }),
      propertyRuns(1_000),
    )
  })

  test('agrees with the platform on what is JSON', () => {
    fc.assert(
      fc.property(fc.array(jsonPiece, { maxLength: 8 }), (parts) => {
        const text = parts.join('')
        const { values, readChars, open } = outlineJson(text)
        const isOneValue = values === 1 && readChars === text.length && !open
        expect(isOneValue || !parses(text)).toBe(true)
      }),
      propertyRuns(2_000),
    )
  })
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
