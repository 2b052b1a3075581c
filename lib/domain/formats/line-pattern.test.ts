import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { parseLinePattern } from './line-pattern'
import { regexpFormatSchema } from './regexp'

function match(pattern: string, line: string) {
  const parsed = parseLinePattern(pattern)
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message)
  return parsed.value.match(line)
}

describe('parseLinePattern', () => {
  it('makes columns of named groups, in order', () => {
    const parsed = parseLinePattern('(?P<b>x)(y)(?<a>z)?(?<__proto__>.)(?<2>.)(?<1>.)')
    expect(parsed.ok && parsed.value.columns).toEqual(['b', 'a', '__proto__', '2', '1'])
    expect(parsed.ok && parsed.value.match('xy123')).toEqual(['x', null, '1', '2', '3'])
  })

  it('matches the whole line, whatever its characters are', () => {
    expect(match('(?<a>b)', 'abc')).toBeUndefined()
    expect(match('^(?<a>b)$', 'b')).toEqual(['b'])
    expect(match('(?<a>.*)', 'a\u2028b\u0085\0😀')).toEqual(['a\u2028b\u0085\0😀'])
    expect(match('(?<a>.)', '😀')).toEqual(['😀'])
    expect(match('(?<a>\\s)', '\u00a0')).toBeUndefined()
  })

  it.each<[string, number, number, RegExp]>([
    ['(?<a>x)(?=y)', 7, 10, /^Lookaround \(\(\?=…\) at character 8 is not supported\.$/],
    ['(?<a>x)(?<!y)', 7, 11, /^Lookaround/],
    ['(?<a>x)\\1', 7, 9, /^A back-reference \(\\1…\) at character 8/],
    ['(?<a>x)\\k<a>', 7, 10, /^A back-reference/],
    ['(?<a>x)(?P=a)', 7, 11, /^A back-reference/],
    ['(?<a>x++)', 6, 8, /^A possessive quantifier/],
    ['(?<a>x)(?<a>y)', 10, 11, /^Two groups have the same name/],
    ['(?<a-b>x)', 0, 7, /made of letters A to Z, digits and _/],
    ['x(y)', 0, 4, /^No group has a name/],
    ['', 0, 0, /^No group has a name/],
    ['(?<a>x', 0, 6, /not closed: add \)/],
    ['(?<a>[x', 5, 7, /not closed: add \]/],
    ['(?<a>x{1001})', 6, 12, /counts to 1000 at most/],
    [`(?<a>${'x{999}'.repeat(3)})`, 0, 24, /too large/],
    [`(?<a>${'x{999}'.repeat(3_000)})`, 0, 18_006, /too large/],
  ])('refuses %j', (pattern, start, end, message) => {
    const parsed = parseLinePattern(pattern)
    expect(parsed).toMatchObject({ ok: false, issues: [{ start, end }] })
    expect(!parsed.ok && parsed.issues[0]?.message).toMatch(message)
    if (pattern === '') return
    const checked = regexpFormatSchema.safeParse({ type: 'regexp', params: { pattern } })
    expect(checked.error?.issues).toMatchObject([{ path: ['params', 'pattern'] }])
  })

  it('takes what only looks like it', () => {
    expect(match('[(?=\\]](?<a>x)\\(?=\\Q(?=\\1\\E[](?=-]*', '(x=(?=\\1]')).toEqual(['x'])
  })

  it.each([
    ['(?<a>(?:ab){800})', 'ab'.repeat(800)],
    ['(?<a>(?:a|b|c|d){999})', 'abc'.repeat(333)],
  ])('takes %s, which is smaller than its text tells', (pattern, line) => {
    expect(match(pattern, line)).toEqual([line])
  })

  it('never throws, and gives as many cells as columns', () => {
    const piece = fc.constantFrom(
      ...[
        '(?<a>',
        '(?P<b>',
        '(?:',
        '(',
        ')',
        '[',
        ']',
        '[^',
        'x',
        '.',
        '*',
        '+',
        '?',
        '{2}',
        '{1,3}',
        '|',
        '\\',
        '\\d',
      ],
      ...[
        '^',
        '$',
        '-',
        ' ',
        '\\Q',
        '\\E',
        '[:alpha:]',
        '(?i)',
        '(?s',
        'é',
        '😀',
        '\ud83d',
        '\\x{',
        '}',
        '\\p{L}',
        '<',
        '"',
      ],
    )
    const pattern = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        fc.oneof(
          pattern,
          pattern.map((text) => `(?<z>${text})`),
        ),
        fc.string({ unit: 'binary' }),
        (text, line) => {
          const parsed = parseLinePattern(text)
          if (!parsed.ok) {
            expect(parsed.issues[0]?.message).toMatch(/\.$/)
            return
          }
          const cells = parsed.value.match(line)
          if (cells !== undefined) expect(cells).toHaveLength(parsed.value.columns.length)
        },
      ),
      propertyRuns(),
    )
  })
})
