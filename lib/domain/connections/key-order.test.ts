import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { compareKeys } from './key-order'

const parts = fc.constantFrom(
  'a',
  'b',
  '/',
  'é',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '😀',
  '\u{10000}',
  '\u{10ffff}',
)
const keys = fc.oneof(
  fc.array(parts, { maxLength: 4 }).map((some) => some.join('')),
  fc.string({ unit: 'binary', maxLength: 4 }),
)

test('keys are in the order of their bytes', () => {
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      const expected = Buffer.compare(Buffer.from(one), Buffer.from(other))
      expect(Math.sign(compareKeys(one, other))).toBe(expected)
    }),
    propertyRuns(20_000),
  )
})
