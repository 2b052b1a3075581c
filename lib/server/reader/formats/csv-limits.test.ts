import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvFormat, csvFormatSchema } from '#lib/domain/formats/csv'
import { CSV_STYLES } from '#lib/domain/formats/csv-params'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { bytes, sizes } from '#lib/server/testing/read-bytes'
import { readTable } from '#lib/server/testing/read-table'

const csv = (params: Partial<CsvFormat['params']> = {}): CsvFormat =>
  csvFormatSchema.parse({ type: 'csv', params })
const read = (text: string, params: Partial<CsvFormat['params']> = {}, options = {}) =>
  readTable(Buffer.from(text), csv(params), options)
const reasons = (outcome: { problems: { reason: string }[] }) => outcome.problems.map(({ reason }) => reason)
const KEEP = { limits: { recordFaults: 'keep' as const } }

describe('what CSV is read of at most', () => {
  it.each([9, 10, 11])('takes rows of 10 characters at a limit of %i', async (maxRowChars) => {
    const text = 'h\n12345,6789\nx\n'
    for (const size of [1, 4, 100]) {
      const outcome = await read(text, { maxRowChars }, { sizes: [size] })
      expect(outcome.failure?.details.reason).toBe(
        maxRowChars < 10 ? 'ERR_DATASET_CSV_ROW_TOO_LARGE' : undefined,
      )
      const kept = await read(text, { maxRowChars }, { ...KEEP, sizes: [size] })
      expect(kept.texts).toEqual(['12345,6789', 'x'])
      expect(Object.keys(kept.unparsed)).toEqual(maxRowChars < 10 ? ['0'] : [])
    }
  })

  it('holds a row of 8 MiB and no longer one', async () => {
    const most = 8 * 1024 * 1024
    for (const more of [-1, 0, 1]) {
      const text = `a,b\n"${'x'.repeat(most - 3 + more)}",\n1,2\n`
      const { failure } = await read(text, {}, { sizes: [65_536] })
      expect(failure?.details.reason).toBe(more > 0 ? 'ERR_DATASET_CSV_ROW_TOO_LARGE' : undefined)
      const kept = await read(text, {}, { ...KEEP, sizes: [65_536] })
      expect(kept.rows.at(-1)).toEqual(['1', '2'])
      expect(kept.texts[0]?.length).toBe(more > 0 ? 65_536 : most + more)
    }
  }, 60_000)

  it('takes ten thousand columns and no more', async () => {
    for (const cells of [9_999, 10_000, 10_001]) {
      const text = `a,b\n1,2\n${Array(cells).fill('x').join(',')}\n3,4\n`
      const outcome = await read(text, {}, KEEP)
      expect(outcome.columns).toHaveLength(cells > 10_000 ? 2 : cells)
      expect(outcome.rows.map((row) => row.length)).toEqual(cells > 10_000 ? [2, 0, 2] : [2, cells, cells])
      expect(reasons(outcome)[0]).toBe(cells > 10_000 ? 'too-many-columns' : 'ragged-rows')
      expect((await read(text)).failure?.details.reason).toBe(cells > 10_000 ? 'too-many-columns' : undefined)
    }
    const wide = await read(`${Array(20_000).fill('x').join(',')}\n1,2\n${','.repeat(15_000)}\n`, {}, KEEP)
    expect(wide.columns).toHaveLength(10_000)
    expect(Object.keys(wide.unparsed)).toEqual(['1'])
  })

  const settings = fc.record({
    style: fc.constantFrom(...CSV_STYLES),
    separator: fc.constantFrom(',', 'A', '😀', '\t'),
    skipRowsBeforeHeader: fc.nat(2),
    skipRowsAfterHeader: fc.nat(2),
    parseHeaderRow: fc.boolean(),
    maxRowChars: fc.constantFrom(0, 3, 8),
    charset: fc.constantFrom('utf8', 'utf-16le', 'windows-1252'),
  })
  const marked = fc
    .array(
      fc.oneof(
        bytes,
        fc.constantFrom(',', '"', '\\', '\n', 'A', 'a').map((text) => Buffer.from(text)),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Buffer.concat(parts))

  it('throws nothing but failures, and reads the same however the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        marked,
        settings,
        sizes,
        fc.boolean(),
        fc.nat(4),
        async (text, params, cuts, keeps, most) => {
          const limits = {
            recordFaults: keeps ? ('keep' as const) : ('fail' as const),
            ...(most > 0 ? { maxRecords: most } : {}),
          }
          const whole = await readTable(text, csv(params), { limits })
          const pieces = await readTable(text, csv(params), { limits, sizes: cuts })
          const placed = ({ failure, problems, ...rest }: typeof whole) => ({
            ...rest,
            // A row too large is told before its end, maybe before the notes of the rows in front of it.
            problems: Object.groupBy(
              problems.filter(({ reason }) => reason !== 'undecodable-bytes'),
              ({ reason }) => reason,
            ),
            failure: failure?.message,
          })
          expect(placed(pieces)).toEqual(placed(whole))
          if (keeps) expect(whole.failure).toBeUndefined()
          if (most > 0) expect(whole.rows.length).toBeLessThanOrEqual(most)
        },
      ),
      propertyRuns(500),
    )
  })
})
