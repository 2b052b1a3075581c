import { expect, test } from 'vitest'
import { sayLookedAt } from './detected'

test.each([
  ['from 1 file', [{}]],
  ['from 8 files', Array.from({ length: 8 }, () => ({}))],
  ['from 2 files of the archive', [{ inside: 2 }]],
  ['from 5 files inside of 2 archives', [{ inside: 3 }, { inside: 2 }]],
  ['from 1 file, and 5 files inside of 2 archives', [{ inside: 3 }, {}, { inside: 2 }]],
])('what the evidence counts is said as "%s"', (said, files) => {
  expect(sayLookedAt(files)).toBe(said)
})
