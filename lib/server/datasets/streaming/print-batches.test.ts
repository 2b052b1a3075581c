import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { OutsideTally } from '#lib/domain/datasets/outside-schema'
import { printRecords, RECORD_FORMATS, type RecordFormat } from '#lib/domain/datasets/print-records'
import { formatSchema } from '#lib/domain/formats/catalogue'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { cut, NEVER } from '#lib/server/testing/read-bytes'
import { readRecords } from '../../reader/read-records'
import { BatchPrinter } from './print-batches'

const LINE: SchemaColumn = { name: 'line', type: 'string' }
const OTHER: SchemaColumn = { name: 'other', type: 'string' }

function read(chunks: readonly Buffer[]) {
  async function* give() {
    // Each its own: what was read may be gone when more is asked for.
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  const source = { bytes: give(), path: '/a.log' }
  return readRecords(
    source,
    DEFAULT_LINE_FORMAT,
    { longLines: 'parts', recordFaults: 'keep' },
    new AbortController().signal,
  )
}

async function print(format: RecordFormat, columns: readonly SchemaColumn[], chunks: readonly Buffer[]) {
  const counter = { records: 0 }
  const printer = new BatchPrinter(format, columns, DEFAULT_LINE_FORMAT, counter, new OutsideTally())
  const reading = read(chunks)
  const printed: Buffer[] = []
  for await (const batch of reading)
    for (const pieces of printer.print({ batch, facts: reading.facts })) printed.push(...pieces)
  printed.push(...printer.end())
  return { text: Buffer.concat(printed), records: counter.records, pieces: printed.map((one) => one.length) }
}

/** As records are printed by the rule itself: text by text. */
function expected(format: RecordFormat, columns: readonly SchemaColumn[], chunks: readonly Buffer[]) {
  const text = new TextDecoder().decode(Buffer.concat(chunks))
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  const printer = printRecords(
    format,
    columns.map(({ name }) => name),
  )
  const records = lines.map((line) =>
    printer.record(columns.map(({ name }) => (name === 'line' ? line : undefined))),
  )
  return { text: Buffer.from(printer.head() + records.join('')), records: lines.length }
}

const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({ unit: fc.constantFrom('"', '\t', '\n', '\r', ',', 'a', 'é', '語', '😀') }),
  },
  {
    weight: 2,
    // No line becomes so long that it comes in parts, which are quoted whatever they hold.
    arbitrary: fc.constantFrom('plain\n', 'plain\r\n', '"', '\n\n', '{"a":"b"}\n', `${' '.repeat(17_000)}\n`),
  },
)
const chunk = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 12 }).map((all) => Buffer.from(all.join(''))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((all) => Buffer.from(all)) },
)

test.each(RECORD_FORMATS)('lines are printed as each of them would be (%s)', async (format) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(chunk, { maxLength: 8 }),
      fc.constantFrom([LINE], [OTHER], [LINE, OTHER], [OTHER, LINE]),
      async (chunks, columns) => {
        const [ours, theirs] = [await print(format, columns, chunks), expected(format, columns, chunks)]
        expect(ours.text.equals(theirs.text)).toBe(true)
        expect(ours.records).toBe(theirs.records)
      },
    ),
    propertyRuns(200, 10_000),
  )
})

test.each(['{"some": "json"}\n', 'no quotes at all\n', 'x\r\n', '\n'])(
  'many lines come in pieces of a bounded size: %j',
  async (line) => {
    const chunks = [Buffer.from(line.repeat(Math.ceil(700_000 / line.length)))]
    const ours = await print('tsv-excel-noheader', [LINE], chunks)
    expect(ours.text.equals(expected('tsv-excel-noheader', [LINE], chunks).text)).toBe(true)
    expect(Math.max(...ours.pieces)).toBeLessThanOrEqual(192 * 1024)
    expect(Math.min(...ours.pieces.slice(0, -1))).toBeGreaterThanOrEqual(60 * 1024)
  },
)

const MOST_CHARS = 8 * 1024 * 1024

test.each([
  ['line', {}, 'ERR_FORMAT_LINE_TOO_LARGE'],
  ['line', { expandJson: true }, 'record-too-large'],
  ['json', {}, 'record-too-large'],
  ['csv', { separator: ';', style: 'no_escape_no_quote' }, 'ERR_DATASET_CSV_ROW_TOO_LARGE'],
  ['regexp', { pattern: '(?<a>.*)' }, 'line-too-large-to-parse'],
])('a record that is too large is told once (%s, %j)', async (type, params, reason) => {
  const short = '{"a":"x"}\n'
  const bytes = Buffer.from(`${short}{"a":"${'x'.repeat(MOST_CHARS)}"}\n${short}`)
  const format = formatSchema.parse({ type, params })
  const tell = async (recordFaults: 'keep' | 'fail') => {
    const limits = { recordFaults, longLines: 'shorten' as const }
    const reading = readRecords({ bytes: cut(bytes, [300_000]), path: '/a' }, format, limits, NEVER)
    const counter = { records: 0 }
    const printer = new BatchPrinter('json', [LINE], format, counter, new OutsideTally())
    for await (const batch of reading) for (const _ of printer.print({ batch, facts: reading.facts })) void _
    return reading.facts.problems.map((problem) => problem.reason)
  }
  expect(await tell('keep')).toEqual([reason])
  await expect(tell('fail')).rejects.toThrow(/Record [12] /)
})
