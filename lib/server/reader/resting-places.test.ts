import { setTimeout as sleep } from 'node:timers/promises'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import { FIRST_FRAME_BYTES, manyPages, PACKINGS } from '#lib/server/testing/packed-lines'
import { NEVER } from '#lib/server/testing/read-bytes'
import { bucketOf } from '#lib/server/testing/versioned-bucket'
import type { ReadLimits } from './meter'
import { readRecords } from './read-records'

const LONGER_MS = 12
const MIB = 1024 * 1024
const NOTHING = Buffer.alloc(0)
const PARQUET: FormatSettings = { type: 'parquet', params: {} }
const LIMITS: ReadLimits = { recordFaults: 'keep', longLines: 'parts', inTurn: true, restAfterMs: 2 }

describe('a reading that goes on after a rest', () => {
  it('begins again from the block of bzip2 and the frame of zstd that it came to', async () => {
    const from: string[] = []
    for (const packing of ['bzip2', 'zstd of two frames']) {
      const { store, ranges } = await bucketOf(PACKINGS[packing] ?? NOTHING)
      const reading = readRecords({ store, path: '/a' }, DEFAULT_LINE_FORMAT, LIMITS, NEVER)
      for await (const _ of reading) await sleep(LONGER_MS)
      from.push(ranges.at(-1) ?? '')
    }
    expect(from[0]).toMatch(/^bytes=[1-9]\d{3}-$/)
    expect(from[1]).toBe(`bytes=${FIRST_FRAME_BYTES}-`)
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

  it.each([...Object.keys(PACKINGS), 'parquet'])('counts what it reads again once: %s', async (packing) => {
    const bytes = packing === 'parquet' ? manyPages() : (PACKINGS[packing] ?? NOTHING)
    const format = packing === 'parquet' ? PARQUET : DEFAULT_LINE_FORMAT
    const { store } = await bucketOf(bytes)
    const limits = { ...LIMITS, maxBytesIn: bytes.length }
    const reading = readRecords({ store, path: '/a' }, format, limits, NEVER)
    let batches = 0
    for await (const _ of reading) if (batches++ < 30) await sleep(LONGER_MS)
    expect(reading.facts.bytesIn).toBeLessThanOrEqual(bytes.length)
    expect(reading.facts.bytesIn).toBeGreaterThan(0.9 * bytes.length)
  })

  it('lets go of its connection, and ends at once when it is aborted meanwhile', async () => {
    const { store, open } = await bucketOf(Buffer.concat([PACKINGS.bzip2 ?? NOTHING, Buffer.alloc(8 * MIB)]))
    const ending = new AbortController()
    const reading = readRecords({ store, path: '/a' }, DEFAULT_LINE_FORMAT, LIMITS, ending.signal)
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
      const reading = readRecords({ store: bucket.store, path: '/a' }, format, LIMITS, NEVER)
      const batches = reading[Symbol.asyncIterator]()
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
})
