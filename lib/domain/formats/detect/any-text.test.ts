import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '../../property-runs.arbitraries'
import { formatCandidateSchema } from '../detection'
import { printCsv } from '../print-csv'
import { detectFormat } from './detect-format'
import { detectTimestamps } from './detect-timestamps'
import { DETECTION_SAMPLES } from './samples/all-samples'
import { MAX_SAMPLE_CHARS, type TextSample } from './text-sample'

const sample = (text: string, change: Partial<TextSample> = {}): TextSample => ({
  path: '/a',
  text,
  whole: true,
  looksLike: null,
  ...change,
})

const MOST_MS = 2_000
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        ',',
        ';',
        '\\',
        ':',
        '\n',
        '\t',
        ' ',
        '=',
        '#fields\t',
        'sep=',
        '-',
        '<',
        '1',
        'a',
        '2026-11-22',
        'PAR1',
      ),
      { maxLength: 300 },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(...DETECTION_SAMPLES.flatMap(({ files }) => files.map((text) => text.slice(0, 400)))),
)

describe('any text', () => {
  test('has an answer that fits its schema, and columns that can be looked at', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(odd, fc.boolean()), { maxLength: 4 }), (texts) => {
        const samples = texts.map(([text, whole]) => sample(text, { whole }))
        const found = detectFormat(samples)
        for (const candidate of found) {
          formatCandidateSchema.parse(candidate)
          detectTimestamps(samples, candidate.format)
        }
        expect(found.every(({ lostBecause }, place) => (lostBecause === null) === (place === 0))).toBe(true)
        expect(found.length > 0).toBe(samples.some(({ text }) => text.trim() !== ''))
      }),
      propertyRuns(500),
    )
  })

  test('takes time in proportion to its length: 64 KiB of anything are soon looked at', () => {
    fc.assert(
      fc.property(odd, (text) => {
        const long =
          text === '' ? '' : text.repeat(Math.ceil(MAX_SAMPLE_CHARS / text.length)).slice(0, MAX_SAMPLE_CHARS)
        const since = process.cpuUsage()
        detectFormat([sample(long)])
        // Far above what it takes, far below what a square of the length would.
        expect(process.cpuUsage(since).user / 1000).toBeLessThan(MOST_MS)
      }),
      propertyRuns(100, 2_000),
    )
  })
})

const SEPARATORS = [',', ';', '\t', '|', '\u0001'] as const
const word = fc.stringMatching(/^[a-z]{2,8}$/)
const number = fc.integer({ min: 0, max: 99_999 }).map(String)

test('what is printed as CSV is found with its separator', () => {
  const table = fc.record({
    separator: fc.constantFrom(...SEPARATORS),
    style: fc.constantFrom('excel' as const, 'unix' as const, 'escape_only_no_quote' as const),
    lineEnd: fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const),
    names: fc.uniqueArray(word, { minLength: 3, maxLength: 8 }),
    rows: fc.array(
      fc.array(fc.tuple(word, number, fc.constantFrom('', ', ', '; ', ' "', '\t', '|')), {
        minLength: 8,
        maxLength: 8,
      }),
      {
        minLength: 6,
        maxLength: 30,
      },
    ),
  })
  fc.assert(
    fc.property(table, ({ separator, style, lineEnd, names, rows }) => {
      const body = rows.map((row) =>
        names.map((_, column) => {
          const [text, digits, odd] = row[column] ?? ['', '', '']
          return column % 2 === 0 ? digits : `${text}${odd}${text}`
        }),
      )
      const printed = printCsv(
        [names, ...body],
        { separator, style, quoteChar: '"', escapeChar: '\\' },
        lineEnd,
      )
      const [first] = detectFormat([sample(printed.ok ? printed.value : '')])
      expect(first?.format).toMatchObject({ type: 'csv', params: { separator, parseHeaderRow: true } })
    }),
    propertyRuns(300),
  )
})
