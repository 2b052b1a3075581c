import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import type { Dimension } from '../dimensions'
import { anyPeriod, folderValue, patternOf, periodIds, timeDimension } from '../partitioning.arbitraries'
import { createMatchReader } from './match-reader'
import { compileMatcher } from './matcher'
import { compileRe2Program } from './re2-program'

describe('any pattern, any path', () => {
  const pieces = [
    '/',
    '-',
    'a',
    'ab',
    '\\.gz',
    '%%',
    '[0-9]+',
    '[a-z]*',
    '[^/]+',
    '[^/]*',
    '[0-9]{2}',
    '[a-c]?',
    'b+',
    '.*',
    '.+',
    '.*?',
    '(?:a|bc)',
    '(?:a/)?',
    '(?:a|bc)*',
    '(?:.*/)?',
    '(?:ab?|[0-9]+/)+?',
    '[^/]{1,3}?',
    '(?:|a)',
    '%Y',
    '%Y/%M',
    '%M',
    '%{a}',
    '%{b}',
    '[^a]',
    'é',
    '^',
    '$',
    '\\b',
    '\\B',
    '\\p{L}',
  ]
  const texts = fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9 })
    .map((parts) => parts.join(''))
  const patterns = texts
    .map((text) => ({ text, ...readSilently(text) }))
    .filter(({ pattern }) => pattern !== null)
  const paths = fc
    .array(
      fc.constantFrom(
        '/2026/13',
        '/2026/11',
        '/',
        '-',
        'a',
        'b',
        'ab',
        'c',
        '.gz',
        '%',
        '2026',
        '11',
        '0',
        '7',
        'é',
        '😀',
        '\n',
        '|',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''))

  it('captures the same as the RE2 engine on the whole pattern', () => {
    fc.assert(
      fc.property(patterns, fc.array(paths, { minLength: 1, maxLength: 8 }), ({ pattern }, subjects) => {
        if (pattern === null) return
        const matcher = compileMatcher(pattern)
        const reader = createMatchReader(pattern)
        const { expression, captured } = compileRe2Program(pattern.root.nodes)
        // Each twice: the second time a neighbour's answer may be kept.
        for (const path of subjects.flatMap((subject) => [subject, subject, `${subject}a`])) {
          const found = expression.matcher(path)
          const match = matcher.match(path)
          if (!found.matches()) expect(match).toMatchObject({ ok: false, reason: 'no-match' })
          else {
            const offsets = new Int32Array(2 * reader.slots)
            captured.forEach((node, index) => {
              offsets.set([found.start(index + 1), found.end(index + 1)], 2 * reader.slotOf(node))
            })
            const expected = reader.read(path, offsets)
            expect(match.ok ? match.id : match.key).toBe(expected.ok ? expected.id : expected.key)
          }
        }
      }),
      propertyRuns(1500),
    )
  })
})

describe('for patterns whose free parts are .*', () => {
  const specifiers = { YEAR: '%Y', MONTH: '%Y/%M', DAY: '%Y/%M/%D', HOUR: '%Y/%M/%D/%H' }
  const cases = fc.record({
    period: anyPeriod,
    names: fc.uniqueArray(fc.constantFrom('a', 'b', 'node_type', 'x-1'), { maxLength: 3 }),
    timeAt: fc.nat(3),
    joint: fc.constantFrom('/', '/part=', '/x/'),
    free: fc.string({ maxLength: 20 }),
  })
  const filled = cases.chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      date: periodIds(shape.period),
      values: fc.array(folderValue, { minLength: shape.names.length, maxLength: shape.names.length }),
    }),
  )

  it('matching a path made from values gives the values and their id back', () => {
    fc.assert(
      fc.property(filled, ({ shape, date, values }) => {
        const { period, names, joint, free } = shape
        const dimensions: Dimension[] = names.map((name) => ({ name, type: 'value' }))
        const timeAt = Math.min(shape.timeAt, names.length)
        dimensions.splice(timeAt, 0, timeDimension(period))
        const all = values.toSpliced(timeAt, 0, date)
        const text = dimensions
          .map(
            (dimension) => joint + (dimension.type === 'time' ? specifiers[period] : `%{${dimension.name}}`),
          )
          .join('')
        const path = all
          .map((value, index) => joint + (index === timeAt ? value.replaceAll('-', '/') : value))
          .join('')
        expect(compileMatcher(patternOf(`${text}/.*`, dimensions)).match(`${path}/${free}`)).toMatchObject({
          ok: true,
          id: all.join('|'),
          values: all,
        })
      }),
      propertyRuns(),
    )
  })
})

function readSilently(text: string) {
  try {
    return { pattern: patternOf(text) }
  } catch {
    return { pattern: null }
  }
}
