import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inkRuns } from './ink'

const TEXT = '/%{node_type}/%Y/%D/.*'
const spans = [
  { start: 1, end: 13, kind: 'discrete' },
  { start: 14, end: 16, kind: 'year' },
  { start: 17, end: 19, kind: 'day' },
]

test('tints the specifiers and marks where it breaks', () => {
  const runs = inkRuns(TEXT, spans, [{ start: 17, end: 19 }])
  expect(runs.filter((run) => run.tinted).map((run) => TEXT.slice(run.start, run.end))).toEqual([
    '%{node_type}',
    '%Y',
    '%D',
  ])
  expect(runs.filter((run) => run.bad).map((run) => TEXT.slice(run.start, run.end))).toEqual(['%D'])
})

test.each([
  ['nothing in an empty text', '', { start: 0, end: 0 }, []],
  ['the character before a place of no width', 'abc', { start: 3 }, ['c']],
  ['the first character when the place is the start', 'abc', { start: 0 }, ['a']],
  ['what is left of a range past the end', 'abc', { start: 2, end: 9 }, ['c']],
  ['nothing for an issue without a place', 'abc', {}, []],
])('marks %s', (_, text, issue, marked) => {
  const bad = inkRuns(text, [], [issue]).filter((run) => run.bad)
  expect(bad.map((run) => text.slice(run.start, run.end))).toEqual(marked)
})

test('the runs always add up to the text', () => {
  const range = fc.record({ start: fc.nat(30), end: fc.nat(30), kind: fc.constant('x') })
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.array(range), fc.array(range), (text, some, broken) => {
      const runs = inkRuns(text, some, broken)
      expect(runs.map((run) => text.slice(run.start, run.end)).join('')).toBe(text)
    }),
  )
})
