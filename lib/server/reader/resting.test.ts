import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import { csvParamsSchema } from '#lib/domain/formats/csv-params'
import { jsonParamsSchema } from '#lib/domain/formats/json-params'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import { regexpParamsSchema } from '#lib/domain/formats/regexp-params'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { manyPages, ofBytes, PACKINGS } from '#lib/server/testing/packed-lines'
import { NEVER } from '#lib/server/testing/read-bytes'
import { parquetFixture } from '#lib/server/testing/read-parquet'
import type { ReadLimits } from './meter'
import { readRecords } from './read-records'
import type { RecordReading } from './records'

const REST_AFTER_MS = 2
const LONGER_MS = 12

const FORMATS: Record<string, FormatSettings> = {
  line: DEFAULT_LINE_FORMAT,
  'line with JSON': { type: 'line', params: { ...DEFAULT_LINE_FORMAT.params, expandJson: true } },
  csv: { type: 'csv', params: csvParamsSchema.parse({ parseHeaderRow: false }) },
  json: { type: 'json', params: jsonParamsSchema.parse({}) },
  regexp: { type: 'regexp', params: regexpParamsSchema.parse({ pattern: '\\{"n":(?<n>\\d+)(?<rest>.*)' }) },
}
const PARQUET: FormatSettings = { type: 'parquet', params: {} }

const CASES = [
  ...Object.entries(FORMATS).flatMap(([name, format]) =>
    Object.entries(PACKINGS).map(([packing, bytes]) => ({ name: `${name}, ${packing}`, format, bytes })),
  ),
  { name: 'parquet of many pages', format: PARQUET, bytes: manyPages() },
  ...[
    'nested',
    'kinds',
    'row-groups',
    'rows-zstd',
    'arrow-small-pages',
    'arrow-small-pages-v2',
    'arrow-delta',
  ].map((name) => ({ name: `parquet, ${name}`, format: PARQUET, bytes: parquetFixture(name) })),
]

const LIMITS: ReadLimits = { recordFaults: 'keep', longLines: 'parts', inTurn: true }

/** Takes all, and stands still where it is told to; gives what came, and what is told of the file. */
async function takeAll(
  bytes: Buffer,
  format: FormatSettings,
  limits: ReadLimits,
  standsStill: (batch: number) => boolean,
  pieceBytes?: number,
) {
  const opened = { times: 0 }
  const reading = readRecords(
    { bytes: ofBytes(bytes, pieceBytes, opened), path: '/a' },
    format,
    limits,
    NEVER,
  )
  const records: unknown[] = []
  let part = ''
  let batches = 0
  for await (const batch of reading) {
    if (standsStill(batches++)) await sleep(LONGER_MS)
    if (batch.part !== undefined) {
      part += batch.part.text()
      if (batch.part.ends) records.push(part)
      if (batch.part.ends) part = ''
      continue
    }
    for (let n = 0; n < batch.count; n++) records.push([batch.firstRecord + n, batch.text(n), batch.cells(n)])
  }
  return { records, told: factsOf(reading), opened: opened.times, batches }
}

function factsOf({ facts }: RecordReading) {
  const { records, bytesOut, replacedBytes, unparsed, skipped, columns, problems } = facts
  return { records, bytesOut, replacedBytes, unparsed, skipped, columns, problems }
}

describe('a reading that rests', () => {
  it.each(CASES)('gives the same after each rest: $name', async ({ format, bytes }) => {
    const whole = await takeAll(bytes, format, LIMITS, () => false)
    const limits = { ...LIMITS, restAfterMs: REST_AFTER_MS }
    const rested = await takeAll(bytes, format, limits, (batch) => batch < 40 && batch % 3 === 0)
    expect(rested.told).toEqual(whole.told)
    expect(rested.records).toEqual(whole.records)
  })

  it('gives the same wherever it rests, and however its bytes come', async () => {
    const wholes = new Map<string, ReturnType<typeof takeAll>>()
    const chances = fc.array(fc.boolean(), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CASES),
        chances,
        fc.integer({ min: 300, max: 70_000 }),
        async ({ name, format, bytes }, stands, pieceBytes) => {
          const whole = wholes.get(name) ?? takeAll(bytes, format, LIMITS, () => false)
          wholes.set(name, whole)
          const limits = { ...LIMITS, restAfterMs: REST_AFTER_MS }
          const standsStill = (batch: number) => stands[batch] === true
          const rested = await takeAll(bytes, format, limits, standsStill, pieceBytes)
          const { told, records } = await whole
          expect(rested.told).toEqual(told)
          expect(rested.records).toEqual(records)
        },
      ),
      propertyRuns(60, 2_000),
    )
  })

  it('tells of JSON the same places, although it is taken apart in smaller pieces', async () => {
    const format = { type: 'json', params: jsonParamsSchema.parse({}) } as const
    for (let shift = 0; shift < 12; shift++) {
      const text = `{"a":"${'x'.repeat(16 * 1024 - 16 + shift)}😀"}\n{"b":1}\n{broken}\n{"c":2}\n`
      const take = (limits: ReadLimits) => takeAll(Buffer.from(text), format, limits, () => false)
      const whole = await take(LIMITS)
      const rested = await take({ ...LIMITS, restAfterMs: 1_000 })
      expect(rested.told).toEqual(whole.told)
      expect(rested.records).toEqual(whole.records)
      expect(whole.told.problems[0]?.offset).toBeDefined()
    }
  })
})
