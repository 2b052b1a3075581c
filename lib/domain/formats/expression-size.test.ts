import fc from 'fast-check'
import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { estimateProgramSize } from './expression-size'

test.each([
  '(ab){100}c',
  '(\\p{L}{90}|[a-z]{100})',
  '((a{10}b){10}c){10}',
  '[]{3}]{50}',
  '[^]a]{50}',
  '[[:alpha:]{]{50}',
  '\\x{1F600}{40}\\x41{40}\\{{40}',
  '(?:a|b){2,}',
  'a{,3}b{x}',
  '(?i)(?P<x>k{500})',
])('%s is as large as told', (source) => {
  const size = RE2JS.compile(source, RE2JS.DOTALL).programSize()
  const told = estimateProgramSize(source)
  expect(told).toBeGreaterThan(size / 8 - 20)
  expect(told).toBeLessThan(size * 2 + 20)
})

test('no expression is told far too small', () => {
  const pieces = fc.constantFrom(
    'a',
    '\\d',
    '\\p{L}',
    '[a-c]',
    '[^]x]',
    '(',
    '(?:',
    ')',
    '{7}',
    '{2,30}',
    '*',
    '|',
    '\\{',
    '{',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
      let size = 0
      try {
        size = RE2JS.compile(parts.join(''), RE2JS.DOTALL).programSize()
      } catch {
        return
      }
      expect(estimateProgramSize(parts.join(''))).toBeGreaterThanOrEqual(size / 8 - 20)
    }),
    propertyRuns(2000),
  )
})
