import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { parquetFixture, readParquet } from '#lib/server/testing/read-parquet'

const NAMES = [
  'rows-snappy',
  'rows-zstd',
  'rows-lz4',
  'rows-gzip',
  'nested',
  'kinds',
  'arrow-small-pages',
  'arrow-delta',
]
const FILES = [...NAMES, 'arrow-small-pages-v2', 'arrow-delta-strings', 'v2'].map(parquetFixture)

/** How long a damaged file of some kilobytes may take on a busy machine. */
const BOUND_MS = 5_000
/** Damage may claim many records, which the limits of a reading end. */
const LIMITS = { maxRecords: 20_000, maxBytesOut: 16 * 1024 * 1024, deadlineMs: 2_000 }

async function expectRowsOrFailure(bytes: Buffer): Promise<void> {
  const since = process.cpuUsage()
  const { failure } = await readParquet(bytes, LIMITS)
  expect(process.cpuUsage(since).user / 1000).toBeLessThan(BOUND_MS)
  if (failure === undefined) return
  expect(failure.details.where).toBe('/a.parquet')
  expect(failure.details.reason).toMatch(/^(?:parquet-|not-parquet|bytes-out|deadline)/)
}

describe('a damaged Parquet file', () => {
  it('gives rows or a failure in bounded time, whatever bytes are flipped', async () => {
    const flips = fc.array(
      fc.record({
        place: fc.double({ min: 0, max: 1, noNaN: true }),
        bits: fc.integer({ min: 1, max: 255 }),
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FILES), flips, async (file, changes) => {
        const bytes = Buffer.from(file)
        for (const { place, bits } of changes) {
          const at = Math.min(bytes.length - 1, Math.floor(place * bytes.length))
          bytes[at] = (bytes[at] ?? 0) ^ bits
        }
        await expectRowsOrFailure(bytes)
      }),
      propertyRuns(400),
    )
  })

  it('gives rows or a failure when its metadata is changed anywhere', async () => {
    for (const file of [parquetFixture('nested'), parquetFixture('names')]) {
      const start = file.length - 8 - file.readUInt32LE(file.length - 8)
      for (let at = start; at < file.length; at++) {
        for (const value of [0x00, 0x7f, 0xff]) {
          const bytes = Buffer.from(file)
          bytes[at] = value
          await expectRowsOrFailure(bytes)
        }
      }
    }
  })

  it('says wherever it is cut', async () => {
    const whole = parquetFixture('names')
    for (let length = 0; length < whole.length; length++) {
      const { failure } = await readParquet(whole.subarray(0, length))
      expect(failure?.details.reason).toBe(length < 4 ? 'not-parquet' : 'parquet-truncated')
    }
  })

  it('throws nothing but failures for any bytes', async () => {
    const magic = fc.constantFrom('', 'PAR1')
    const any = fc.tuple(magic, fc.uint8Array({ maxLength: 80 }), magic)
    const check = async ([start, bytes, end]: [string, Uint8Array, string]) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(bytes.length)
      const parts = [Buffer.from(start), bytes, length, Buffer.from(end)]
      await expectRowsOrFailure(Buffer.concat(parts))
    }
    await fc.assert(fc.asyncProperty(any, check), propertyRuns(400))
  })
})

/** Thrift's compact protocol, as much as a hostile footer takes. */
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]
const number = (value: number): number[] => varint(value * 2)
const text = (value: string): number[] => [...varint(value.length), ...Buffer.from(value)]
const list = (kind: number, items: number[][]): number[] => [
  0xf0 | kind,
  ...varint(items.length),
  ...items.flat(),
]
/** Fields by number: kind and bytes. */
function struct(fields: [id: number, kind: number, bytes: number[]][]): number[] {
  return [...fields.flatMap(([id, kind, bytes]) => [kind, ...number(id), ...bytes]), 0]
}

const LEAF = struct([
  [1, 5, number(1)],
  [3, 5, number(1)],
  [4, 8, text('a')],
])
const ROOT = struct([
  [4, 8, text('schema')],
  [5, 5, number(1)],
])

interface Claims {
  rows?: number
  groupRows?: number
  values?: number
  start?: number
  sizeBytes?: number
  codec?: number
  path?: string
}

function fileOf(claims: Claims, page: number[] = []): Buffer {
  const { rows = 1, groupRows = rows, values = groupRows, start = 4, codec = 0, path = 'a' } = claims
  const meta = struct([
    [3, 9, list(8, [text(path)])],
    [4, 5, number(codec)],
    [5, 6, number(values)],
    [7, 6, number(claims.sizeBytes ?? page.length)],
    [9, 6, number(start)],
  ])
  const group = struct([
    [1, 9, list(12, [struct([[3, 12, meta]])])],
    [3, 6, number(groupRows)],
  ])
  const schema: [number, number, number[]] = [2, 9, list(12, [ROOT, LEAF])]
  return closed(struct([schema, [3, 6, number(rows)], [4, 9, list(12, [group])]]), page)
}

function closed(footer: number[], page: number[] = []): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(footer.length)
  return Buffer.concat([Buffer.from('PAR1'), Buffer.from([...page, ...footer]), length, Buffer.from('PAR1')])
}

/** A page of 32-bit numbers that may be null. */
function pageOf(values: number, body: number[], unpackedBytes = body.length): number[] {
  const data = struct([
    [1, 5, number(values)],
    [2, 5, number(0)],
    [3, 5, number(3)],
    [4, 5, number(3)],
  ])
  const fields: [number, number, number[]][] = [
    [1, 5, number(0)],
    [2, 5, number(unpackedBytes)],
    [3, 5, number(body.length)],
    [5, 12, data],
  ]
  return [...struct(fields), ...body]
}

/** Definition levels of one run, then a number. */
const present = (values: number) => [
  ...[varint(values * 2).length + 1, 0, 0, 0],
  ...varint(values * 2),
  1,
  7,
  0,
  0,
  0,
]

describe('what a Parquet file says of itself', () => {
  it('is read where it is true', async () => {
    const { cells, failure } = await readParquet(fileOf({}, pageOf(1, present(1))))
    expect([cells, failure]).toEqual([[['7']], undefined])
  })

  it.each([
    ['counts that differ', fileOf({ rows: 2, groupRows: 1 }, pageOf(1, present(1))), /counts 2 records/],
    ['values that differ', fileOf({ values: 2 }, pageOf(1, present(1))), /2 values for 1 record$/],
    ['a page of more', fileOf({}, pageOf(2, present(2))), /more values than its row group/],
    ['a page of fewer', fileOf({ rows: 2 }, pageOf(1, present(1))), /ends before its row group/],
    ['values that lack', fileOf({ rows: 2 }, pageOf(2, present(2))), /Values end too early/],
    ['2^50 records', fileOf({ rows: 2 ** 50 }, pageOf(1, present(1))), /ends before its row group/],
    ['a place outside', fileOf({ start: 2 ** 40, sizeBytes: 10 }), /outside of the data/],
    ['another column', fileOf({ path: 'b' }, pageOf(1, present(1))), /has b where a belongs/],
    ['a page that grows too much', fileOf({ codec: 1 }, pageOf(1, present(1), 2 ** 27)), /cannot become/],
    ['a page too large', fileOf({}, pageOf(1, present(1), 2 ** 31)), /unpacked/],
    ['an unknown codec', fileOf({ codec: 3 }, pageOf(1, present(1))), /LZO/],
    ['a list of 2^30', closed([(2 << 4) | 9, 0xfc, ...varint(2 ** 30)]), /cut short/],
    ['structs without end', closed(Array.from({ length: 5_000 }, () => 0x1c)), /nests too deep/],
    ['a number without end', closed([0x16, ...Array.from({ length: 5_000 }, () => 0x80)]), /too long/],
    ['metadata beyond the file', Buffer.from('PAR1....\xff\xff\xff\x7fPAR1', 'latin1'), /of 16 in all/],
  ])('%s is refused', async (_, bytes, message) => {
    const { failure } = await readParquet(bytes, LIMITS)
    expect(failure).toBeInstanceOf(Failure)
    expect(failure?.message).toMatch(message)
    expect(failure?.details.where).toBe('/a.parquet')
  })
})

describe('the limits of a reading', () => {
  const file = parquetFixture('rows-snappy')
  const whole = readParquet(file)

  it('end it at the number of records', async () => {
    for (const maxRecords of [0, 1, 499, 500, 501]) {
      const { cells, failure } = await readParquet(file, { maxRecords })
      expect([cells.length, failure]).toEqual([Math.min(500, maxRecords), undefined])
    }
  })

  it('hold bytes in and out, to the byte', async () => {
    const { facts } = await whole
    for (const over of [-1, 0, 1]) {
      const byIn = await readParquet(file, { maxBytesIn: facts.bytesIn + over })
      expect(byIn.failure?.details.reason).toBe(over < 0 ? 'bytes-in' : undefined)
      const byOut = await readParquet(file, { maxBytesOut: facts.bytesOut + over })
      expect(byOut.failure?.details.reason).toBe(over < 0 ? 'bytes-out' : undefined)
    }
  })

  it('end it when its signal does', async () => {
    const reason = new Failure('forbidden', 'ended')
    expect((await readParquet(file, {}, AbortSignal.abort(reason))).failure).toBe(reason)
  })
})
