import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CompressionSetting } from '#lib/domain/formats/text-params'
import { buildZip } from '#lib/server/testing/build-zip'
import { cut, lineFormat, NEVER, read } from '#lib/server/testing/read-bytes'
import { readRecords } from '../read-records'

const FOLDER = new URL('../fixtures/compressed/', import.meta.url)
const TEXT = 'one\ntwo\n'
const LINES = ['one', 'two']

const FILES: [kind: Exclude<CompressionSetting, ''>, bytes: Buffer][] = [
  ['none', Buffer.from(TEXT)],
  ['gzip', gzipSync(TEXT)],
  ['bzip2', Buffer.from('QlpoOTFBWSZTWacUK3cAAALBgAAQAgGEgCAAIYAMAjj1G4u5IpwoSFOKFbuA', 'base64')],
  ['zip', buildZip([{ name: 'a', data: Buffer.from(TEXT) }])],
  ['zstd', zstdCompressSync(TEXT)],
]
const NAMES = { gzip: '/a.log.GZ', bzip2: '/a.bz2', zip: '/a.zip', zstd: '/a.zst' }

describe('what a file is packed with', () => {
  it.each(FILES)('is found by its content: %s', async (kind, bytes) => {
    const reading = readRecords({ bytes: cut(bytes, [3]), path: '/a' }, lineFormat(), {}, NEVER)
    for await (const _ of reading);
    expect(reading.facts).toMatchObject({ compression: kind, records: 2, problems: [] })
  })

  it.each(FILES)('is noted where the name says something else: %s', async (kind, bytes) => {
    for (const [named, path] of Object.entries(NAMES)) {
      const problems = named === kind ? [] : [`not-${named}-by-content`]
      expect(await read(bytes, { path })).toEqual({ lines: LINES, replaced: 0, problems })
    }
  })

  it.each(FILES)('can be said, and is an error where it is not so: %s', async (kind, bytes) => {
    for (const compress of ['gzip', 'bzip2', 'zip', 'zstd'] as const) {
      const outcome = await read(bytes, { params: { compress } })
      if (compress === kind) expect(outcome).toEqual({ lines: LINES, replaced: 0, problems: [] })
      else expect(outcome).toMatchObject({ lines: [], problems: [], reason: `not-${compress}`, offset: 0 })
    }
  })

  it('may be left packed', async () => {
    for (const [kind, bytes] of FILES) {
      const reading = readRecords(
        { bytes: cut(bytes, []), path: '/a' },
        lineFormat({ compress: 'none' }),
        {},
        NEVER,
      )
      for await (const _ of reading);
      expect(reading.facts.compression).toBe('none')
      expect(reading.facts.bytesOut).toBe(bytes.length)
      expect(reading.facts.looksLike === undefined).toBe(kind === 'none')
    }
  })

  it.each([
    ['xz', 'fd377a585a000004e6d6b446'],
    ['LZ4', '04224d186440a7'],
    ['LZ4 behind a frame to skip', '502a4d180000000004224d18'],
    ['Snappy', 'ff060000734e61507059'],
    ['7z', '377abcaf271c0004'],
    ['RAR', '526172211a0700'],
    ['compress', '1f9d907b448811'],
    ['LZMA', '5d00008000ffffffffffffffff'],
    ['lzip', '4c5a4950010c'],
    ['lzop', '894c5a4f000d0a1a0a'],
  ])('cannot be read yet: %s', async (_, hex) => {
    expect((await read(Buffer.from(hex, 'hex'))).reason).toBe('compression-not-read')
  })

  it('is told by the name alone where nothing in the bytes does, unless they are a text', async () => {
    const packed = brotliCompressSync(Buffer.from('a line of text\n'.repeat(99)))
    expect((await read(packed, { path: '/a.log.br' })).reason).toBe('compression-not-read')
    const plain = await read(Buffer.from('größer\n'), { path: '/a.log.br' })
    expect(plain).toMatchObject({ lines: ['größer'], reason: undefined })
    const latin1 = await read(Buffer.from('gr\xf6\xdfer als\r\nalle anderen\n', 'latin1'), {
      path: '/a.log.br',
    })
    expect(latin1).toMatchObject({ lines: ['gr\ufffd\ufffder als', 'alle anderen'], reason: undefined })
    // By its bytes alone it could be either.
    const cyrillic = Buffer.from('cff0e8e2e5f22c20ece8f0210d0a', 'hex')
    expect((await read(cyrillic, { path: '/a.log.br' })).reason).toBe('compression-not-read')
    expect((await read(cyrillic, { path: '/a.log.br', params: { compress: 'none' } })).reason).toBeUndefined()
  })

  it('is nothing for texts that begin like it', async () => {
    for (const text of ['BZh', 'BZh9', 'BZh91AY is no', 'PK', 'PKI,1', '(', 'P*M', '\x1f']) {
      const { lines, reason } = await read(Buffer.from(text))
      if (text === 'BZh9') expect(reason).toBe('ERR_DATASET_TRUNCATED_COMPRESSED_DATA')
      else expect({ lines, reason }).toEqual({ lines: [text], reason: undefined })
    }
    expect(await read(Buffer.alloc(0), { path: '/a.zst' })).toEqual({ lines: [], replaced: 0, problems: [] })
  })
})

describe('unpacking', () => {
  const large = Buffer.from('a line of text\n'.repeat(300_000))
  const files: [kind: string, make: () => Buffer][] = [
    ['gzip', () => gzipSync(large, { level: 1 })],
    ['bzip2', () => readFileSync(new URL('bzip2-blocks.bz2', FOLDER))],
    ['zstd', () => zstdCompressSync(large)],
    ['zip', () => buildZip([{ name: 'a', data: large }])],
  ]

  it.each(files)('goes as far as its reader, and closes all when it is left: %s', async (_, make) => {
    const bytes = make()
    let open = 0
    async function* source() {
      open++
      try {
        yield* cut(bytes, [1024])
      } finally {
        open--
      }
    }
    const before = process.memoryUsage().external
    for (let round = 0; round < 100; round++) {
      const reading = readRecords({ bytes: source(), path: '/a' }, lineFormat(), {}, NEVER)
      for await (const _ of reading) break
      expect(reading.facts.bytesOut).toBeLessThan(200_000)
    }
    await expect.poll(() => open).toBe(0)
    // What zlib holds of one reading is some 40 KB and more.
    await expect.poll(() => process.memoryUsage().external - before).toBeLessThan(20_000_000)
  })
})
