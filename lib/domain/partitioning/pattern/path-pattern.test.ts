import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import type { Dimension } from '../dimensions'
import { AUDIT_DIMENSIONS, patternLikeText, timeDimension } from '../partitioning.arbitraries'
import { compileMatcher } from './matcher'
import { escapeForPattern, parsePartitioning, parsePathPattern, readPathPattern } from './path-pattern'

const DEFAULT = '/%{node_type}/%Y/%M/%D/.*'
const a: Dimension = { name: 'a', type: 'value' }

/** Reason and underlined text of every issue. */
function issuesOf(text: string, dimensions: readonly Dimension[] | undefined = AUDIT_DIMENSIONS) {
  return readPathPattern(text, dimensions).issues.map(({ reason, start, end }) => [
    reason,
    start,
    text.slice(start, end),
  ])
}

describe('mistakes in a path pattern', () => {
  test.each<[string, [string, number, string][]]>([
    [
      '/%{node_type/%Y/%M/%D/.*',
      [
        ['unclosed-brace', 1, '%{'],
        ['missing-dimension', 24, ''],
      ],
    ],
    ['/%{node_type}/%Y/%M/%D/{', [['unclosed-brace', 23, '{']]],
    ['/%{type}/%{node_type}/%Y/%M/%D/.*', [['unknown-dimension', 1, '%{type}']]],
    ['/%{date}/%{node_type}/%Y/%M/%D/.*', [['time-dimension-as-value', 1, '%{date}']]],
    ['/%{node_type}/%Y/%D/.*', [['missing-specifier', 16, '']]],
    [
      '/%{node_type}/.*',
      [
        ['missing-specifier', 0, ''],
        ['missing-specifier', 0, ''],
        ['missing-specifier', 0, ''],
      ],
    ],
    ['/%Y/%M/%D/.*', [['missing-dimension', 12, '']]],
    ['/%{node_type}/%Y/%M/%D/%H/.*', [['specifier-too-fine', 23, '%H']]],
    ['/%{node_type}/%Y/%Y/%M/%D/.*', [['duplicate-specifier', 17, '%Y']]],
    ['/%{node_type}/%{node_type}/%Y/%M/%D/.*', [['duplicate-specifier', 14, '%{node_type}']]],
    [`${DEFAULT}%q`, [['unknown-specifier', 25, '%q']]],
    [`${DEFAULT}%`, [['dangling-percent', 25, '%']]],
    [`${DEFAULT}%😀`, [['unknown-specifier', 25, '%😀']]],
    [`${DEFAULT}\\%`, [['escaped-percent', 25, '\\%']]],
    [`${DEFAULT}[%a]`, [['percent-in-class', 26, '%']]],
    [`${DEFAULT}(a)\\1`, [['back-reference', 28, '\\1']]],
    [`${DEFAULT}\\k<a>`, [['back-reference', 25, '\\k']]],
    [`${DEFAULT}(?P=a)`, [['back-reference', 25, '(?P=']]],
    [`${DEFAULT}(?=a)`, [['lookaround', 25, '(?=']]],
    [`${DEFAULT}(?!a)`, [['lookaround', 25, '(?!']]],
    [`${DEFAULT}(?<=a)`, [['lookaround', 25, '(?<=']]],
    [`${DEFAULT}(?<!a)`, [['lookaround', 25, '(?<!']]],
    [`${DEFAULT}(?<n>a)`, [['unsupported-syntax', 25, '(?<']]],
    [`${DEFAULT}(?i)a`, [['unsupported-syntax', 25, '(?']]],
    [`${DEFAULT}(?>a)`, [['unsupported-syntax', 25, '(?']]],
    [`${DEFAULT}a*+`, [['unsupported-syntax', 26, '*+']]],
    [`${DEFAULT}\\Z`, [['unsupported-syntax', 25, '\\Z']]],
    [`${DEFAULT}\\xg`, [['bad-escape', 25, '\\x']]],
    [`${DEFAULT}\\p{Klingon}`, [['unsupported-syntax', 25, '\\p{Klingon}']]],
    [`${DEFAULT}\\`, [['dangling-backslash', 25, '\\']]],
    [`${DEFAULT}(`, [['unclosed-group', 25, '(']]],
    [`${DEFAULT})`, [['unopened-group', 25, ')']]],
    [`${DEFAULT}[a`, [['unclosed-class', 25, '[a']]],
    [`${DEFAULT}[z-a]`, [['bad-range', 26, 'z-a']]],
    [
      `${DEFAULT}|*`,
      [
        ['specifier-in-alternation', 1, '%{node_type}'],
        ['specifier-in-alternation', 14, '%Y'],
        ['specifier-in-alternation', 17, '%M'],
        ['specifier-in-alternation', 20, '%D'],
        ['nothing-to-repeat', 26, '*'],
      ],
    ],
    [`${DEFAULT}a{3,1}`, [['bad-repeat', 26, '{3,1}']]],
    [`${DEFAULT}a{1001}`, [['repeat-too-large', 26, '{1001}']]],
    [`${DEFAULT}(?:a{100}){100}`, [['repeat-too-large', 28, 'a{100}']]],
    [`${DEFAULT}${'a{1000}'.repeat(30)}`, [['pattern-too-large', 0, `${DEFAULT}${'a{1000}'.repeat(30)}`]]],
    [`${DEFAULT}x?(?:a?b?c?){400}`, [['pattern-too-large', 27, '(?:a?b?c?){400}']]],
    [`${DEFAULT}(?:a|bc){0,400}`, [['pattern-too-large', 25, '(?:a|bc){0,400}']]],
    [`${DEFAULT}(?:(?:ab|c)*d|(?:e|fg)*h)*`, [['pattern-too-large', 25, '(?:(?:ab|c)*d|(?:e|fg)*h)*']]],
    ['/(%{node_type}|all)/%Y/%M/%D/.*', [['specifier-in-alternation', 2, '%{node_type}']]],
    ['/(?:%{node_type}/)?%Y/%M/%D/.*', [['specifier-in-optional', 4, '%{node_type}']]],
    ['/%{node_type}/(%Y/)+%M/%D/.*', [['specifier-in-repetition', 15, '%Y']]],
    ['/%{node_type}/%Y{1}/%M/%D/.*', [['specifier-in-repetition', 14, '%Y']]],
    ['/%{node_type}?/%Y/%M/%D/.*', [['specifier-in-optional', 1, '%{node_type}']]],
    [
      '/%{}/%{node_type}/%Y/%M/%D/.*',
      [
        ['dimension-name-empty', 1, '%{}'],
        ['unknown-dimension', 1, '%{}'],
      ],
    ],
    [
      '/%{a b}/%{node_type}/%Y/%M/%D/.*',
      [
        ['dimension-name-illegal', 1, '%{a b}'],
        ['unknown-dimension', 1, '%{a b}'],
      ],
    ],
  ])('%s', (text, expected) => {
    expect(issuesOf(text)).toEqual(expected)
    expect(parsePathPattern(text, AUDIT_DIMENSIONS).ok).toBe(false)
  })

  it.each([
    'a?'.repeat(100),
    '(?:[0-9]?[a-z]?-?){40}',
    '.{5,60}[0-9].{12}[a-f].{3,40}',
    '.{0,1000}[0-9].{14}[a-f].{0,900}\\.gz',
    '(?:a|bc)*',
    '(?:[a-z0-9-]*/?)*',
    '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-.*',
  ])('is not too large: %s', (text) => {
    expect(issuesOf(`${DEFAULT}${text}`)).toEqual([])
  })

  it('says which specifier is missing, why, and where it belongs', () => {
    const [issue] = readPathPattern('/%{node_type}/%Y/%D/.*', AUDIT_DIMENSIONS).issues
    expect(issue?.message).toBe(
      '%M is missing. Period Day needs %Y, %M and %D; after %Y, at character 17, comes %D.',
    )
  })

  it('says what cannot be read before what is missing', () => {
    const [first, ...others] = readPathPattern('/%Q/.*', AUDIT_DIMENSIONS).issues
    expect(first?.message).toContain('%Q')
    expect(others.map(({ reason }) => reason)).toContain('missing-specifier')
  })

  it('names groups nested too deep, and patterns too long', () => {
    expect(issuesOf(`${DEFAULT}${'('.repeat(500)}`).map(([reason]) => reason)).toContain('too-deep')
    expect(issuesOf('a'.repeat(2001))).toEqual([['pattern-too-long', 2000, 'a']])
  })

  it('names what is wrong with the dimension list, with the path of its field', () => {
    const dimensions: Dimension[] = [
      a,
      { name: 'A', type: 'value' },
      timeDimension('DAY'),
      timeDimension('DAY', 'day'),
      { name: 'file', type: 'value' },
    ]
    const { issues } = readPathPattern('/%{a}/%{A}/%{file}/%Y/%M/%D/.*', dimensions)
    expect(issues.map(({ reason, path }) => [reason, path])).toEqual([
      ['dimension-name-reserved', undefined],
      ['duplicate-dimension-name', [1, 'name']],
      ['two-time-dimensions', [3]],
      ['dimension-name-reserved', [4, 'name']],
    ])
  })
})

describe('patterns without declared dimensions', () => {
  it('assumes those that the pattern names', () => {
    const parsed = parsePathPattern(DEFAULT)
    expect(parsed.ok && parsed.value.dimensions).toEqual(AUDIT_DIMENSIONS)
  })
  test.each([
    ['/%Y/%D/.*', 'missing-specifier'],
    ['/%M/.*', 'missing-specifier'],
    ['', 'empty-pattern'],
    ['/%{a}/%{a}', 'duplicate-specifier'],
  ])('%s: %s', (text, reason) => {
    expect(readPathPattern(text).issues.map((issue) => issue.reason)).toEqual([reason])
  })
})

describe('what is accepted', () => {
  test.each([
    DEFAULT,
    '/%{node_type}/%D/%M/%Y/.*',
    '/(%{node_type})/(?:%Y)/%M/%D/.*',
    '^/%{node_type}/%Y/%M/%D/.*$',
    '/100%%/%{node_type}/%Y/%M/%D/(a|b)?[^/]{1,3}[[:alpha:]%%]\\x{1F600}\\p{Greek}\\bx*?.*',
  ])('%s', (text) => {
    expect(issuesOf(text)).toEqual([])
  })
  it('warns of a missing leading slash and a missing trailing .*', () => {
    const { warnings, pattern } = readPathPattern('%{node_type}/%Y/%M/%D/', AUDIT_DIMENSIONS)
    expect(warnings.map(({ reason }) => reason)).toEqual(['no-leading-slash', 'no-trailing-wildcard'])
    expect(pattern).not.toBeNull()
    expect(readPathPattern(DEFAULT, AUDIT_DIMENSIONS).warnings).toEqual([])
  })
})

describe('a dataset’s partitioning', () => {
  it('is none without dimensions', () => {
    expect(parsePartitioning({ dimensions: [] })).toEqual({ ok: true, value: null })
  })
  it('leads each issue to its field', () => {
    const parsed = parsePartitioning({ dimensions: [{ name: 'a b', type: 'value' }], filePathPattern: '/.*' })
    expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path)).toEqual([
      ['filePathPattern'],
      ['dimensions', 0, 'name'],
    ])
  })
})

describe('for any text', () => {
  const texts = fc.oneof(patternLikeText, fc.string({ unit: 'binary', maxLength: 40 }))
  const dimensions = fc.constantFrom(undefined, AUDIT_DIMENSIONS, [a, timeDimension('MONTH')])

  it('reading never throws, tokens cover the text, issues lie in it, and what is accepted compiles', () => {
    fc.assert(
      fc.property(texts, dimensions, (text, declared) => {
        const { tokens, issues, pattern } = readPathPattern(text, declared)
        expect(tokens.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
        for (const { start = 0, end = 0 } of issues)
          expect(0 <= start && start <= end && end <= text.length).toBe(true)
        if (pattern !== null) compileMatcher(pattern).match('/a/2026/11/22/x')
      }),
      propertyRuns('parser'),
    )
  })

  it('escaping makes a pattern that matches the text and nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        (text, other) => {
          const parsed = parsePathPattern(escapeForPattern(text), [])
          const matcher = parsed.ok ? compileMatcher(parsed.value) : null
          expect(matcher?.match(text)).toMatchObject({ ok: true, id: 'NP' })
          expect(matcher?.match(other).ok).toBe(other === text)
        },
      ),
      propertyRuns('parser'),
    )
  })
})
