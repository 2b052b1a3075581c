import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printRecords, RECORD_FORMATS, type RecordFormat } from '#lib/domain/datasets/print-records'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { RecordBytes } from './record-bytes'

type Cells = (string | null | undefined)[]

/** The bytes of records, and how many pieces they came in. */
function gather(
  format: RecordFormat,
  columns: string[],
  records: Cells[],
): { bytes: Buffer; sizes: number[] } {
  const gathered = new RecordBytes(format, columns)
  const chunks: Buffer[] = []
  for (const record of records) {
    gathered.add(record)
    if (gathered.isEnough) chunks.push(...gathered.take())
  }
  chunks.push(...gathered.take())
  return { bytes: Buffer.concat(chunks), sizes: chunks.map(({ length }) => length) }
}

function printAll(format: RecordFormat, columns: string[], records: Cells[]): Buffer {
  const printer = printRecords(format, columns)
  return Buffer.from(printer.head() + records.map((record) => printer.record(record)).join(''))
}

const special = fc.string({ unit: fc.constantFrom('"', '\t', '\n', '\r', 'a', 'é', '語', '😀', '\ud800') })
const long = fc.tuple(special, fc.integer({ min: 0, max: 8_000 })).map(([text, times]) => text.repeat(times))
const cell = fc.oneof(
  { weight: 6, arbitrary: special },
  { weight: 1, arbitrary: long },
  fc.constant(null),
  fc.constant(undefined),
)

test.each(RECORD_FORMATS)('are those that are printed (%s)', (format) => {
  const recordsOf = (columns: string[]) =>
    fc.record({
      columns: fc.constant(columns),
      records: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
        maxLength: 8,
      }),
    })
  fc.assert(
    fc.property(fc.oneof(recordsOf(['a', 'b "c"']), recordsOf(['only'])), ({ columns, records }) => {
      const { bytes } = gather(format, columns, records)
      expect(bytes.equals(printAll(format, columns, records))).toBe(true)
    }),
    propertyRuns(300, 20_000),
  )
})

test('come in pieces worth sending, of which none grows with the number of records', () => {
  const records = Array.from({ length: 20_000 }, (_, n) => [`"record" ${n}`])
  const { bytes, sizes } = gather('tsv-excel-noheader', ['line'], records)
  expect(bytes.equals(printAll('tsv-excel-noheader', ['line'], records))).toBe(true)
  for (const size of sizes.slice(0, -1)) {
    expect(size).toBeGreaterThanOrEqual(160 * 1024)
    expect(size).toBeLessThanOrEqual(192 * 1024)
  }
})

test('a record larger than a piece comes whole', () => {
  const large = '"'.repeat(3_000_000)
  const { bytes } = gather('tsv-excel-noheader', ['line'], [['small'], [large], ['small']])
  expect(bytes.length).toBe('small\n'.length * 2 + 2 * large.length + 3)
})

test('parts of a record come as the bytes of the whole', () => {
  const parts = ['a "b"\t', 'é'.repeat(70_000), '', '"']
  const gathered = new RecordBytes('tsv-excel-noheader', ['id', 'line', 'more'])
  gathered.add(['x', 'y', 'z'])
  for (const part of parts) gathered.addPart(1, { text: () => part })
  gathered.endParts()
  gathered.endParts()
  gathered.add(['x', 'y', 'z'])
  const whole = `"${parts.join('').replaceAll('"', '""')}"`
  expect(Buffer.concat(gathered.take()).toString()).toBe(`x\ty\tz\n\t${whole}\t\nx\ty\tz\n`)
})
