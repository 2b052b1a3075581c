import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLinePattern } from '#lib/domain/formats/line-pattern'
import { type RegexpFormat, regexpFormatSchema } from '#lib/domain/formats/regexp'
import { UNMATCHED_LINES } from '#lib/domain/formats/regexp-params'
import { REGEXP_PRESETS } from '#lib/domain/formats/regexp-presets'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { bytes, sizes } from '#lib/server/testing/read-bytes'
import { readTable } from '#lib/server/testing/read-table'

const regexp = (params: Partial<RegexpFormat['params']> = {}): RegexpFormat =>
  regexpFormatSchema.parse({ type: 'regexp', params: { pattern: '(?<a>[a-z]+)(?: (?<b>.*))?', ...params } })
const read = (text: string, params: Partial<RegexpFormat['params']> = {}, options = {}) =>
  readTable(Buffer.from(text), regexp(params), options)

const LINES = 'x 1\n?\r\ny\n\n!\nz 2'

describe('readRegexp', () => {
  it('keeps lines that do not match as they are', async () => {
    const outcome = await read(LINES)
    expect(outcome).toMatchObject({ columns: ['a', 'b'], skipped: 0, failure: undefined })
    expect(outcome.rows).toEqual([['x', '1'], [], ['y', null], [], [], ['z', '2']])
    expect(outcome.texts).toEqual(['x 1', '?', 'y', '', '!', 'z 2'])
    expect(Object.keys(outcome.unparsed)).toEqual(['1', '3', '4'])
    expect(outcome.problems).toMatchObject([
      {
        reason: 'unmatched-lines',
        record: 2,
        excerpt: '?',
        count: 3,
        fixes: [{ params: { unmatchedLines: 'skip' } }],
      },
      { record: 4, excerpt: '' },
      { record: 5, excerpt: '!' },
    ])
  })

  it('leaves them out, and counts them', async () => {
    const outcome = await read(LINES, { unmatchedLines: 'skip' })
    expect(outcome).toMatchObject({
      rows: [
        ['x', '1'],
        ['y', null],
        ['z', '2'],
      ],
      skipped: 3,
      unparsed: {},
    })
    expect(outcome.problems).toMatchObject([
      {
        message: 'Line 2 does not match the regular expression and is left out.',
        count: 3,
        fixes: [{ params: { unmatchedLines: 'keep' } }],
      },
      { message: 'Line 4 does not match the regular expression and is left out.' },
      {},
    ])
    const none = await read('?\n'.repeat(5_000), { unmatchedLines: 'skip' })
    expect(none).toMatchObject({ rows: [], skipped: 5_000 })
    expect(none.problems).toHaveLength(20)
    expect(none.problems[0]?.count).toBe(5_000)
  })

  it('leaves comments out as such', async () => {
    const { problems, skipped } = await read('#Fields: a\nx\n# more\n?\n', { unmatchedLines: 'skip' })
    expect(skipped).toBe(3)
    expect(problems).toMatchObject([
      {
        reason: 'comment-lines',
        message: 'Line 1 begins with #, as comments do, and is left out.',
        count: 2,
      },
      { reason: 'comment-lines', excerpt: '# more' },
      { reason: 'unmatched-lines', excerpt: '?' },
    ])
    const kept = await read('# a b c\n', { unmatchedLines: 'keep' })
    expect(kept.problems).toMatchObject([{ reason: 'unmatched-lines' }])
  })

  it('ends with them, or tells of them where faults are kept', async () => {
    const failed = await read(LINES, { unmatchedLines: 'fail' })
    expect(failed.rows).toEqual([['x', '1']])
    expect(failed.failure?.details).toMatchObject({ reason: 'unmatched-lines', facts: { record: 2 } })
    const kept = await read(LINES, { unmatchedLines: 'fail' }, { limits: { recordFaults: 'keep' } })
    expect(Object.keys(kept.unparsed)).toEqual(['1', '3', '4'])
    expect(kept.problems).toHaveLength(3)
    expect(kept.problems[0]?.fixes).toHaveLength(2)
  })

  it('tells only of lines before the records that were taken', async () => {
    for (const unmatchedLines of ['keep', 'skip'] as const) {
      const outcome = await read('x\n?\ny\n?\n', { unmatchedLines }, { limits: { maxRecords: 2 } })
      expect(outcome.rows).toHaveLength(2)
      expect(outcome.problems.map(({ count }) => count)).toEqual([undefined])
    }
  })

  it('refuses an expression that it cannot use', async () => {
    const format = { ...regexp(), params: { ...regexp().params, pattern: '(?<a>x)(?=y)' } }
    const { failure } = await readTable(Buffer.from('x'), format)
    expect(failure?.details).toMatchObject({
      reason: 'ERR_DATASET_INVALID_FORMAT_CONFIG',
      issues: [{ start: 7 }],
    })
  })

  it('does not take lines apart that would take too long', async () => {
    const pattern = '(?<a>.*)(?<b>.*)(?<c>.*)x{100}'
    const outcome = await read(
      `${'y'.repeat(2_000_000)}\nyy${'x'.repeat(100)}`,
      { pattern },
      { sizes: [65_536] },
    )
    expect(outcome.problems).toMatchObject([{ reason: 'line-too-large-to-parse', record: 1 }])
    expect(outcome.rows).toEqual([[], ['yy', '', '']])
    const oversize = await read('y'.repeat(9 * 1024 * 1024), {}, { sizes: [1_000_000] })
    expect(oversize.problems).toMatchObject([{ reason: 'line-too-large-to-parse' }])
    expect(oversize.texts[0]?.length).toBe(64 * 1024)
    // However few states it has, of a line of which only the beginning is held no value would be whole.
    const short = await read('y'.repeat(9 * 1024 * 1024), { pattern: '(?<a>y*)' }, { sizes: [1_000_000] })
    expect(short).toMatchObject({ rows: [[]], problems: [{ reason: 'line-too-large-to-parse', record: 1 }] })
  })

  it('takes lines apart as long as the states of its expression allow', async () => {
    const pattern = 'z(?<a>[a-z]{900})'
    const parsed = parseLinePattern(pattern)
    if (!parsed.ok) throw new Error('the expression is wrong')
    const most = Math.floor(100_000_000 / parsed.value.states)
    for (const chars of [most - 1, most, most + 1]) {
      const { problems } = await read('y'.repeat(chars), { pattern })
      expect(problems.map(({ reason }) => reason)).toEqual([
        chars > most ? 'line-too-large-to-parse' : 'unmatched-lines',
      ])
    }
  })

  it.each([9_999, 10_000, 10_001])('has an expression of %i characters, 10,000 at most', (chars) => {
    const pattern = `(?<a>[${'x'.repeat(chars - 8)}])`
    const { success } = regexpFormatSchema.safeParse({ type: 'regexp', params: { pattern } })
    expect([pattern.length, success]).toEqual([chars, chars <= 10_000])
  })

  it.each([4, 5, 6])('takes lines of 5 characters at a limit of %i', async (maxLineChars) => {
    const { failure } = await read('abcde\n', { maxLineChars })
    expect(failure?.details.reason).toBe(maxLineChars < 5 ? 'ERR_FORMAT_LINE_TOO_LARGE' : undefined)
  })

  it('ends at its deadline although it never waits for bytes', async () => {
    const pattern = '(?<a>(?:a|b|ab)*)c'
    const text = `${'ab'.repeat(5_000)}\n`.repeat(2_000)
    const started = performance.now()
    const { failure } = await read(text, { pattern }, { limits: { deadlineMs: 100 } })
    expect(failure?.details.reason).toBe('deadline')
    expect(performance.now() - started).toBeLessThan(30_000)
  }, 60_000)

  const lines = fc
    .array(
      fc.oneof(
        bytes,
        fc.constantFrom('x\n', 'ab c\n', 'x', '\n').map((text) => Buffer.from(text)),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Buffer.concat(parts))

  it('throws nothing but failures, and reads the same however the bytes come', async () => {
    const params = fc.record({
      unmatchedLines: fc.constantFrom(...UNMATCHED_LINES),
      pattern: fc.constantFrom(
        '(?<a>[a-z]+)(?: (?<b>.*))?',
        '(?<a>.*)',
        '(?<a>.)*',
        REGEXP_PRESETS[0]?.pattern ?? '',
      ),
    })
    await fc.assert(
      fc.asyncProperty(
        lines,
        params,
        sizes,
        fc.boolean(),
        fc.nat(4),
        async (text, chosen, cuts, keeps, most) => {
          const limits = {
            recordFaults: keeps ? ('keep' as const) : ('fail' as const),
            ...(most > 0 ? { maxRecords: most } : {}),
          }
          const whole = await readTable(text, regexp(chosen), { limits })
          const pieces = await readTable(text, regexp(chosen), { limits, sizes: cuts })
          const placed = ({ failure, problems, ...rest }: typeof whole) => ({
            ...rest,
            problems: problems.filter(({ reason }) => reason !== 'undecodable-bytes'),
            failure: failure?.message,
          })
          expect(placed(pieces)).toEqual(placed(whole))
        },
      ),
      propertyRuns(500),
    )
  })
})
