import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { buildZip } from '#lib/server/testing/build-zip'
import { bytes, cut, NEVER, sizes } from '#lib/server/testing/read-bytes'
import { decodeSample, readSampleBytes } from './sample-text'

const sample = (content: Uint8Array, maxBytes = 100, chunks: number[] = []) =>
  readSampleBytes({ bytes: cut(content, chunks), path: '/a' }, { maxBytes, deadlineMs: 5_000 }, NEVER)

describe('the beginning of a file', () => {
  test('is whole at N-1 and N bytes, and cut at N+1', async () => {
    for (const [length, whole] of [
      [9, true],
      [10, true],
      [11, false],
    ] as const) {
      const text = Buffer.from('x'.repeat(length))
      for (const packed of [text, gzipSync(text), zstdCompressSync(text)]) {
        const read = await sample(packed, 10)
        expect(read).toMatchObject({ whole, problem: null })
        expect(read.bytes.length).toBe(Math.min(length, 10))
      }
    }
  })

  test('of a damaged file is what comes before the damage, with the problem', async () => {
    const packed = gzipSync(Buffer.from(Array.from({ length: 5_000 }, (_, n) => `line ${n * n}\n`).join('')))
    const read = await sample(packed.subarray(0, packed.length / 2), 1_000_000)
    expect(read.bytes.toString()).toMatch(/^line 0\nline 1\n/)
    expect(read.problem?.details.reason).toBe('ERR_DATASET_TRUNCATED_COMPRESSED_DATA')
    expect(read.whole).toBe(false)
  })

  test('of an archive is that of its first file, beside those of others as far as they can be read', async () => {
    const files = ['one', 'two', 'three', 'four', 'five'].map((name) => ({
      name: `${name}.csv`,
      data: Buffer.from(`of ${name}\n`),
    }))
    const folder = { name: 'folder/', data: Buffer.alloc(0) }
    const read = await sample(buildZip([folder, ...files]))
    expect(read).toMatchObject({ whole: true, problem: null, compression: 'zip' })
    expect(read.bytes.toString()).toBe('of one\n')
    expect(read.further.map(({ name, bytes: inside }) => [name, inside.toString()])).toEqual([
      ['two.csv', 'of two\n'],
      ['three.csv', 'of three\n'],
      ['four.csv', 'of four\n'],
    ])
    const damaged = files.map((file, index) => (index === 1 ? { ...file, crc: 1 } : file))
    expect(await sample(buildZip(damaged))).toMatchObject({ problem: null, further: [] })
    const first = files.map((file, index) => (index === 0 ? { ...file, crc: 1 } : file))
    expect((await sample(buildZip(first))).problem?.details.reason).toBe('damaged-compressed-data')
  })

  test('of a bomb is soon enough', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 97))
    expect((await sample(bomb, 1_000)).bytes.length).toBe(1_000)
  })

  test('of what is no text has its name, UTF-16 without a mark aside', async () => {
    expect((await sample(Buffer.from('89504e470d0a1a0a00', 'hex'))).looksLike?.id).toBe('png')
    expect((await sample(brotliCompressSync(Buffer.from('\0\x01\0\x02')))).problem).toBe(null)
    const wide = await sample(Buffer.from('id,name\n1,Ann\n2,Bo\n', 'utf16le'))
    expect(wide.looksLike).toBe(null)
    expect(await decodeSample(wide.bytes, 'utf-16le')).toBe('id,name\n1,Ann\n2,Bo\n')
  })

  test('does not depend on how the bytes are cut, and nothing else is thrown', async () => {
    const content = fc.oneof(
      bytes,
      bytes.map((plain) => gzipSync(plain)),
      fc.tuple(bytes, fc.nat(30)).map(([plain, length]) => gzipSync(plain).subarray(0, length)),
      bytes.map((plain) => Buffer.concat([Buffer.from('PK\x03\x04'), plain])),
    )
    await fc.assert(
      fc.asyncProperty(content, sizes, async (any, chunks) => {
        const [one, other] = [await sample(any), await sample(any, 100, chunks)]
        expect({ ...other, problem: other.problem?.message }).toEqual({
          ...one,
          problem: one.problem?.message,
        })
        expect(typeof (await decodeSample(one.bytes, 'utf8'))).toBe('string')
      }),
      propertyRuns(300),
    )
  })
})
