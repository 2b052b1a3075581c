import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { storable } from './storable'

test('what PostgreSQL cannot keep becomes U+FFFD, in texts and names however deep', () => {
  const value = { 'a\0': ['b\0c', { d: '\ud800e', f: [null, 1, true, '\udc00\0'] }] }
  expect(storable(value)).toEqual({
    'a\ufffd': ['b\ufffdc', { d: '\ufffde', f: [null, 1, true, '\ufffd\ufffd'] }],
  })
})

test('all else is the same value', () => {
  for (const value of [null, 1, 'ä🙂\n\u0001', ['\\u0000'], { __proto__: null, a: '\\ud800' }])
    expect(storable(value)).toEqual(value)
  expect(storable(undefined)).toBeUndefined()
})

test('nothing of any value is left that cannot be kept, and its shape stays', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\ud800', 'a\udfff'))
  const values = fc.letrec((tie) => ({
    value: fc.oneof(
      text,
      fc.integer(),
      fc.array(tie('value')),
      fc.dictionary(fc.constantFrom('a', 'b'), tie('value')),
    ),
  })).value
  fc.assert(
    fc.property(values, (value) => {
      const printed = JSON.stringify(storable(value))
      expect(printed.replaceAll('\\\\', '')).not.toMatch(/\\u(?:0000|d[89a-f])/i)
      expect(storable(JSON.parse(printed))).toEqual(JSON.parse(printed))
    }),
    propertyRuns(),
  )
})
