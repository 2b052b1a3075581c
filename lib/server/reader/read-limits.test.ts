import { readFileSync } from 'node:fs'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildZip } from '#lib/server/testing/build-zip'
import { cut, gatherCount, lineFormat, NEVER, read } from '#lib/server/testing/read-bytes'
import type { ReadLimits } from './meter'
import { readRecords } from './read-records'

const FOLDER = new URL('./fixtures/compressed/', import.meta.url)
const MIB = 1024 * 1024

describe('each limit, one below, at and above what a file needs', () => {
  const line = 'a line of text é 🙂'
  const text = Buffer.from(`${line}\n`.repeat(60_000))
  const packed = gzipSync(text)
  const outcomeAt = async (limits: ReadLimits, params = {}) => {
    const { reason, lines } = await read(packed, { limits, params })
    return reason ?? lines.length
  }

  it('bytes in', async () => {
    expect(await outcomeAt({ maxBytesIn: packed.length - 1 })).toBe('bytes-in')
    expect(await outcomeAt({ maxBytesIn: packed.length })).toBe(60_000)
    expect(await outcomeAt({ maxBytesIn: packed.length + 1 })).toBe(60_000)
  })

  it('bytes out', async () => {
    expect(await outcomeAt({ maxBytesOut: text.length - 1 })).toBe('bytes-out')
    expect(await outcomeAt({ maxBytesOut: text.length })).toBe(60_000)
    expect(await outcomeAt({ maxBytesOut: text.length + 1 })).toBe(60_000)
  })

  it('ratio, from the first MiB on', async () => {
    const ratio = text.length / packed.length
    expect(await outcomeAt({ maxRatio: ratio - 1e-9 })).toBe('ratio')
    expect(await outcomeAt({ maxRatio: ratio })).toBe(60_000)
    expect(await outcomeAt({ maxRatio: ratio + 1e-9 })).toBe(60_000)
    const outcome = async (sizeBytes: number) =>
      (await read(gzipSync(Buffer.alloc(sizeBytes, 'x')), { limits: { maxRatio: 100 } })).reason
    expect(await outcome(MIB - 1)).toBeUndefined()
    expect(await outcome(MIB)).toBeUndefined()
    expect(await outcome(MIB + 1)).toBe('ratio')
  })

  it('records', async () => {
    expect(await outcomeAt({ maxRecords: 59_999 })).toBe(59_999)
    expect(await outcomeAt({ maxRecords: 60_000 })).toBe(60_000)
    expect(await outcomeAt({ maxRecords: 60_001 })).toBe(60_000)
  })

  it('characters of a line', async () => {
    expect(await outcomeAt({}, { maxLineChars: line.length - 1 })).toBe('ERR_FORMAT_LINE_TOO_LARGE')
    expect(await outcomeAt({}, { maxLineChars: line.length })).toBe(60_000)
    expect(await outcomeAt({}, { maxLineChars: line.length + 1 })).toBe(60_000)
  })

  it('bytes of all entries of an archive together', async () => {
    const data = Buffer.from('abc\n')
    const zip = buildZip(Array.from({ length: 9 }, (_, n) => ({ name: `${n}`, data })))
    const outcome = async (limits: ReadLimits) => {
      const { reason, lines } = await read(zip, { limits })
      return reason ?? lines.length
    }
    expect(await outcome({ maxBytesOut: 35 })).toBe('bytes-out')
    expect(await outcome({ maxBytesOut: 36 })).toBe(9)
    expect(await outcome({ maxBytesOut: 37 })).toBe(9)
    expect(await outcome({ maxRecords: 8 })).toBe(8)
  })
})

describe('bombs', () => {
  const zeros = Buffer.alloc(64 * MIB)
  const bombs: [name: string, bytes: () => Buffer][] = [
    ['bzip2', () => readFileSync(new URL('bzip2-bomb.bz2', FOLDER))],
    ['zstd', () => readFileSync(new URL('zstd-bomb.zst', FOLDER))],
    ['gzip', () => gzipSync(zeros)],
    ['zip', () => buildZip([{ name: 'a', data: zeros }])],
    ['zip that lies', () => buildZip([{ name: 'a', data: zeros, sizeBytes: 0xfffffffe, crc: 1 }])],
  ]

  it.each(bombs)('%s ends at the limit, and holds little', async (_, make) => {
    const bomb = make()
    const run = (limits: ReadLimits) => {
      const reading = readRecords({ bytes: cut(bomb, [4096]), path: '/bomb' }, lineFormat(), limits, NEVER)
      return { reading, done: gatherCount(reading) }
    }
    const before = process.memoryUsage().arrayBuffers
    const bytes = run({ maxBytesOut: 20 * MIB })
    await expect(bytes.done).rejects.toMatchObject({
      kind: 'limit_exceeded',
      details: { reason: 'bytes-out' },
    })
    expect(bytes.reading.facts.bytesOut).toBeLessThanOrEqual(20 * MIB + 64 * 1024)
    const ratio = run({ maxRatio: 100 })
    await expect(ratio.done).rejects.toMatchObject({ kind: 'limit_exceeded', details: { reason: 'ratio' } })
    expect(ratio.reading.facts.bytesOut).toBeLessThanOrEqual(10 * MIB)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MIB)
  })

  it('end at the deadline though no record ends and no input is waited for', async () => {
    for (const file of ['bzip2-bomb.bz2', 'zstd-bomb.zst']) {
      const bomb = readFileSync(new URL(file, FOLDER))
      const limits = { deadlineMs: 30 }
      const reading = readRecords({ bytes: cut(bomb, []), path: '/x' }, lineFormat(), limits, NEVER)
      await expect(gatherCount(reading)).rejects.toMatchObject({ details: { reason: 'deadline' } })
    }
  })

  it('entries of one archive that share their bytes are not read at all', async () => {
    const packed = deflateRawSync(zeros)
    const shared = { packed, sizeBytes: zeros.length, crc: crc32(zeros), data: Buffer.alloc(0) }
    const nothing = { data: Buffer.alloc(0), packed: Buffer.alloc(0) }
    const lies = Array.from({ length: 500 }, (_, n) => ({ ...shared, ...nothing, name: `${n}`, start: 0 }))
    const zip = buildZip([{ name: 'a', ...shared }, ...lies])
    expect(await read(zip)).toMatchObject({ lines: [], reason: 'damaged-compressed-data' })
  })
})

describe('a line of ten gigabytes', () => {
  const CHUNK = Buffer.alloc(MIB, 'x')

  async function* lineOf(sizeBytes: number) {
    for (let left = sizeBytes; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left)
    yield Buffer.from('\nnext\n')
  }

  it('is counted without being held', async () => {
    const before = process.memoryUsage().rss
    const reading = readRecords(
      { bytes: lineOf(1e10), path: '/long' },
      lineFormat({ maxLineChars: 0 }),
      {},
      NEVER,
    )
    const seen: unknown[] = []
    for await (const batch of reading) {
      for (let index = 0; index < batch.count; index++) {
        seen.push([batch.text(index).length, batch.tooLarge(index)?.chars])
      }
    }
    expect(seen).toEqual([
      [64 * 1024, 1e10],
      [4, undefined],
    ])
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MIB)
  }, 600_000)

  it('ends the reading at the maximum, one below, at and above it', async () => {
    const outcomeAt = async (maxLineChars: number) => {
      const bytes = lineOf(20_000_000)
      const reading = readRecords({ bytes, path: '/long' }, lineFormat({ maxLineChars }), {}, NEVER)
      return gatherCount(reading).catch((error) => error.details.reason)
    }
    expect(await outcomeAt(19_999_999)).toBe('ERR_FORMAT_LINE_TOO_LARGE')
    expect(await outcomeAt(20_000_000)).toBe(2)
    expect(await outcomeAt(20_000_001)).toBe(2)
  })
})
