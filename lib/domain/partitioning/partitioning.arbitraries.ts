import fc from 'fast-check'
import type { Dimension } from './dimensions'
import { type PathPattern, parsePathPattern } from './pattern/path-pattern'
import { formatPeriod, PERIODS, type Period, periodLimits } from './periods'

export const AUDIT_DIMENSIONS: readonly Dimension[] = [
  { name: 'node_type', type: 'value' },
  { name: 'date', type: 'time', params: { period: 'DAY' } },
]

/** A dimension by time: `timeDimension('DAY')` is called `date`. */
export function timeDimension(period: Period, name = 'date'): Dimension {
  return { name, type: 'time', params: { period } }
}

/** The pattern of a text that is known to be right. */
export function patternOf(text: string, dimensions?: readonly Dimension[]): PathPattern {
  const parsed = parsePathPattern(text, dimensions)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.issues.map(({ message }) => message).join(' ')}`)
  return parsed.value
}

export const anyPeriod = fc.constantFrom(...PERIODS)

/** Identifiers of a period, between years 0000 and 9999. */
export function periodIds(period: Period): fc.Arbitrary<string> {
  const { first, last } = periodLimits(period)
  return fc.integer({ min: first, max: last }).map((ordinal) => formatPeriod(ordinal, period))
}

/** Values that a discrete dimension may have, with everything in them that other syntaxes give a meaning. */
export const anyValue = fc
  .oneof(
    fc.constantFrom(
      '*',
      'ALL',
      'NP',
      'LATEST(3)',
      'CURRENT_DAY',
      '-7d',
      'now',
      ' a ',
      '\\',
      'a,b',
      'a\\',
      '2026-11-22',
      'é😀',
      '%Y',
      '.*',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('\\', ',', '/', '*', ' ', '-', 'a', 'ß', '😀'),
      minLength: 1,
      maxLength: 8,
    }),
  )
  .filter((value) => !/[|\p{Cc}]/u.test(value))

/** Values that `%{name}` captures. */
export const folderValue = anyValue.filter((value) => !value.includes('/'))

/** Texts made of what patterns are made of, which random strings seldom are. */
export const patternLikeText = fc
  .array(
    fc.constantFrom(
      '/',
      '%Y',
      '%M',
      '%D',
      '%H',
      '%{',
      '%{a}',
      '%{b}',
      '}',
      '%%',
      '%',
      '%q',
      '.*',
      '.',
      '*',
      '+',
      '?',
      '{2}',
      '{1,3}',
      '{',
      '(',
      '(?:',
      '(?=',
      ')',
      '|',
      '[',
      ']',
      '[^/]',
      '[0-9]+',
      '-',
      '^',
      '$',
      '\\',
      '\\d',
      '\\1',
      '\\.',
      '\\p{L}',
      'a',
      'é',
      '😀',
      '\ud800',
      '{1000}',
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))
