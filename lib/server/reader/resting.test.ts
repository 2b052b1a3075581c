import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import { csvParamsSchema } from '#lib/domain/formats/csv-params'
import { jsonParamsSchema } from '#lib/domain/formats/json-params'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import { regexpParamsSchema } from '#lib/domain/formats/regexp-params'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { buildZip } from '#lib/server/testing/build-zip'
import { openTestStore, serve } from '#lib/server/testing/loopback-store'
import { parquetFixture } from '#lib/server/testing/read-parquet'
import type { ReadLimits } from './meter'
import type { FileSource } from './open-source'
import { readRecords } from './read-records'
import type { RecordReading } from './records'

const REST_AFTER_MS = 2
const LONGER_MS = 12
const MIB = 1024 * 1024
const NEVER = new AbortController().signal

const PACKED = readFileSync(new URL('fixtures/compressed/bzip2-objects.bz2', import.meta.url))
const LINES = await drain({ bytes: ofBytes(PACKED), path: '/a' })
const TEXT = Buffer.from(`${LINES.join('\n')}\n`)
const HALF = TEXT.indexOf('\n', TEXT.length / 3) + 1
const [ONE, OTHER] = [TEXT.subarray(0, HALF), TEXT.subarray(HALF)]

const wide = (bytes: Buffer) =>
  zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_windowLog]: 23, [constants.ZSTD_c_checksumFlag]: 1 },
  })

const PACKINGS: Record<string, Buffer> = {
  none: TEXT,
  'gzip of two members': Buffer.concat([gzipSync(ONE), gzipSync(OTHER)]),
  bzip2: PACKED,
  'bzip2 of two streams': Buffer.concat([PACKED, PACKED]),
  'zstd of two frames': Buffer.concat([wide(ONE), wide(OTHER)]),
  'zip of deflated entries': buildZip([
    { name: 'a.log', data: ONE },
    { name: 'b.log', data: OTHER },
  ]),
  'zip of bzip2 and zstd': buildZip([
    { name: 'a.log', data: TEXT, method: 12, packed: PACKED },
    { name: 'b.log', data: OTHER, method: 93, packed: wide(OTHER) },
    { name: 'c.log', data: ONE, method: 0 },
  ]),
  // A directory that is worth to be let go of.
  'zip of many entries': buildZip(
    Array.from({ length: 500 }, (_, n) => ({
      name: `${'folder/'.repeat(30)}${n}.log`,
      data: n % 200 === 0 ? ONE : ONE.subarray(0, 9),
    })),
  ),
}

const FORMATS: Record<string, FormatSettings> = {
  line: DEFAULT_LINE_FORMAT,
  'line with JSON': { type: 'line', params: { ...DEFAULT_LINE_FORMAT.params, expandJson: true } },
  csv: { type: 'csv', params: csvParamsSchema.parse({ parseHeaderRow: false }) },
  json: { type: 'json', params: jsonParamsSchema.parse({}) },
  regexp: { type: 'regexp', params: regexpParamsSchema.parse({ pattern: '\\{"n":(?<n>\\d+)(?<rest>.*)' }) },
}
const PARQUET: FormatSettings = { type: 'parquet', params: {} }

/** Lists, nulls, dictionaries and several row groups of several pages. */
function manyPages(): Buffer {
  const rows = Array.from({ length: 3_000 }, (_, n) => n)
  const written = parquetWriteBuffer({
    columnData: [
      { name: 'n', data: rows },
      { name: 'text', data: rows.map((n) => (n % 5 === 0 ? null : `text ${n * 7}`)) },
      { name: 'few', data: rows.map((n) => `few ${n % 3}`) },
      { name: 'items', data: rows.map((n) => Array.from({ length: (n * n) % 7 }, (_e, at) => `${n}/${at}`)) },
    ],
    schema: [
      { name: 'root', num_children: 4 },
      { name: 'n', type: 'INT32', repetition_type: 'REQUIRED' },
      { name: 'text', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
      { name: 'few', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', converted_type: 'UTF8' },
      { name: 'items', num_children: 1, repetition_type: 'OPTIONAL', converted_type: 'LIST' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      { name: 'element', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
    ],
    rowGroupSize: 1_100,
    pageSize: 900,
  })
  return Buffer.from(written)
}

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

/** Bytes as they may come, and again as often as they are asked for. */
function ofBytes(bytes: Buffer, pieceBytes = 16 * 1024, opened = { times: 0 }): AsyncIterable<Buffer> {
  return {
    async *[Symbol.asyncIterator]() {
      opened.times++
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
    },
  }
}

async function drain(source: FileSource, format: FormatSettings = DEFAULT_LINE_FORMAT): Promise<string[]> {
  const reading = readRecords(source, format, {}, NEVER)
  const lines: string[] = []
  for await (const batch of reading) for (let n = 0; n < batch.count; n++) lines.push(batch.text(n))
  return lines
}

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

  it('begins again from the block of bzip2 and the frame of zstd that it came to', async () => {
    const from: string[] = []
    for (const packing of ['bzip2', 'zstd of two frames']) {
      const { store, ranges } = await bucketOf(PACKINGS[packing] ?? NOTHING)
      const reading = readRecords(
        { store, path: '/a' },
        DEFAULT_LINE_FORMAT,
        { ...LIMITS, restAfterMs: REST_AFTER_MS },
        NEVER,
      )
      for await (const _ of reading) await sleep(LONGER_MS)
      from.push(ranges.at(-1) ?? '')
    }
    expect(from[0]).toMatch(/^bytes=[1-9]\d{3}-$/)
    expect(from[1]).toBe(`bytes=${wide(ONE).length}-`)
  })

  it('goes past pages of Parquet without reading them', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n) => `${n} ${'long text '.repeat(10)}`)
    const written = parquetWriteBuffer({
      columnData: [{ name: 'text', data: rows, type: 'STRING', encoding: 'PLAIN' }],
      codec: 'UNCOMPRESSED',
      rowGroupSize: rows.length,
      pageSize: 2 * MIB,
    })
    const { store, ranges } = await bucketOf(Buffer.from(written))
    const reading = readRecords({ store, path: '/a' }, PARQUET, { ...LIMITS, restAfterMs: 40 }, NEVER)
    let records = 0
    let rested = false
    for await (const batch of reading) {
      for (let n = 0; n < batch.count; n++) expect(batch.cells(n)[0] === rows[records++]).toBe(true)
      if (rested || records < 90_000) continue
      rested = true
      ranges.length = 0
      await sleep(120)
    }
    expect(records).toBe(rows.length)
    // The page it stands in and what follows, and of those before it no more than is read ahead.
    const bytes = ranges
      .map((range) => range.split(/[=-]/).map(Number))
      .map(([, from = 0, to = 0]) => to - from)
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(written.byteLength * 0.7)
  })

  it('lets go of its connection, and ends at once when it is aborted meanwhile', async () => {
    const { store, open } = await bucketOf(Buffer.concat([PACKED, Buffer.alloc(8 * MIB)]))
    const ending = new AbortController()
    const limits = { ...LIMITS, restAfterMs: REST_AFTER_MS }
    const reading = readRecords({ store, path: '/a' }, DEFAULT_LINE_FORMAT, limits, ending.signal)
    const batches = reading[Symbol.asyncIterator]()
    await batches.next()
    expect(open.size).toBe(1)
    await expect.poll(() => open.size).toBe(0)
    ending.abort()
    await expect(batches.next()).rejects.toMatchObject({ kind: expect.any(String) })
    expect(open.size).toBe(0)
  })

  it.each(['none', 'bzip2', 'zstd of two frames', 'zip of bzip2 and zstd', 'parquet'])(
    'never mixes two versions of a file: %s',
    async (packing) => {
      const bytes = packing === 'parquet' ? manyPages() : (PACKINGS[packing] ?? NOTHING)
      const bucket = await bucketOf(bytes)
      const format = packing === 'parquet' ? PARQUET : DEFAULT_LINE_FORMAT
      const limits = { ...LIMITS, restAfterMs: REST_AFTER_MS }
      const batches = readRecords({ store: bucket.store, path: '/a' }, format, limits, NEVER)[
        Symbol.asyncIterator
      ]()
      await batches.next()
      await sleep(LONGER_MS)
      bucket.version++
      const readOn = async () => {
        while ((await batches.next()).done !== true);
      }
      await expect(readOn()).rejects.toMatchObject({
        kind: 'conflict',
        details: { reason: 'changed-while-read' },
      })
    },
  )

  it('of Parquet gives way to others that wait for their turn', async () => {
    const file = manyPages()
    const takeSlowly = async () => {
      const limits = { ...LIMITS, restAfterMs: 20 }
      const { records } = await takeAll(file, PARQUET, limits, () => false)
      return records.length
    }
    const begun = Array.from({ length: 3 }, () => {
      const limits = { ...LIMITS, restAfterMs: 30 }
      const reading = readRecords({ bytes: ofBytes(file), path: '/a' }, PARQUET, limits, NEVER)
      return reading[Symbol.asyncIterator]()
    })
    // Two read, and neither stands still for long: the third comes to its turn all the same.
    const third = begun.map((batches) => batches.next())[2]
    let came = false
    third?.then(() => {
      came = true
    })
    for (let turn = 0; turn < 200 && !came; turn++) {
      await sleep(5)
      await Promise.all(begun.slice(0, 2).map((batches) => batches.next()))
    }
    expect(came).toBe(true)
    // Not since the first was at its end.
    expect((await begun[0]?.next())?.done).toBe(false)
    for (const batches of begun) await batches.return?.()
    expect(await takeSlowly()).toBe(3_000)
  })
})

const NOTHING = Buffer.alloc(0)

/** A bucket of one file, which tells what of it was asked for and is still being answered. */
async function bucketOf(bytes: Buffer) {
  const ranges: string[] = []
  const open = new Set<ServerResponse>()
  const bucket = { version: 1 }
  const answer = ({ method, headers }: IncomingMessage, response: ServerResponse) => {
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
    const part = bytes.subarray(Number(from), to === '' ? bytes.length : Number(to) + 1)
    const common = { etag: `"${bucket.version}"`, 'last-modified': 'Sun, 22 Nov 2026 00:00:00 GMT' }
    if (method === 'HEAD') {
      response.writeHead(200, { ...common, 'content-length': bytes.length }).end()
      return
    }
    open.add(response)
    response.on('close', () => open.delete(response))
    ranges.push(headers.range ?? 'whole')
    const range = { 'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}` }
    response
      .writeHead(headers.range === undefined ? 200 : 206, {
        ...common,
        ...(headers.range === undefined ? {} : range),
        'content-length': part.length,
      })
      .end(part)
  }
  return Object.assign(bucket, { store: openTestStore(await serve(answer)), ranges, open })
}
