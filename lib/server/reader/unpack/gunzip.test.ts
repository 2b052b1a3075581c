import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { bytes, cut, gatherCount, lineFormat, NEVER, read, sizes } from '#lib/server/testing/read-bytes'
import { readRecords } from '../read-records'

describe('gzip', () => {
  const text = Array.from({ length: 50 }, (_, n) => `line ${n} ${'x'.repeat(n)}`).join('\n')
  const lines = text.split('\n')

  it('reads one member, several, padded, and with every optional header', async () => {
    const [a, b] = [gzipSync(text), gzipSync('more\nend')]
    for (const size of [1, 7, 1_000]) {
      const options = { sizes: [size] }
      expect((await read(a, options)).lines).toEqual(lines)
      expect((await read(Buffer.concat([a, b, b]), options)).lines.slice(-3)).toEqual([
        `${lines.at(-1)}more`,
        'endmore',
        'end',
      ])
      expect((await read(Buffer.concat([a, Buffer.alloc(600)]), options)).lines).toEqual(lines)
      expect((await read(Buffer.concat([a, b, Buffer.alloc(600)]), options)).lines.at(-1)).toBe('end')
      expect((await read(withHeaders(a), options)).lines).toEqual(lines)
    }
  })

  it('goes by content before name', async () => {
    expect(await read(gzipSync('a'), { path: '/x.log' })).toMatchObject({ lines: ['a'], problems: [] })
    expect(await read(Buffer.from('a'), { path: '/x.gz' })).toMatchObject({
      lines: ['a'],
      problems: ['not-gzip-by-content'],
    })
    expect(await read(Buffer.from(''), { path: '/x.gz' })).toMatchObject({ lines: [], problems: [] })
    expect((await read(Buffer.from('a'), { params: { compress: 'gzip' } })).reason).toBe('not-gzip')
    expect((await read(gzipSync('a'), { params: { compress: 'none' } })).lines).not.toEqual(['a'])
    expect((await read(Buffer.from('fd377a585a0000', 'hex'))).reason).toBe('compression-not-read')
  })

  it('says wherever it is cut', async () => {
    const whole = gzipSync(text)
    for (let length = 2; length < whole.length; length++) {
      const outcome = await read(whole.subarray(0, length), { sizes: [13] })
      expect(outcome).toMatchObject({ reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA', offset: length })
    }
    const second = Buffer.concat([whole, whole.subarray(0, 40)])
    expect((await read(second)).reason).toBe('ERR_DATASET_TRUNCATED_COMPRESSED_DATA')
  })

  it('names what follows, after all records', async () => {
    const whole = gzipSync(text)
    const outcome = await read(Buffer.concat([whole, Buffer.from('\0garbage')]), { sizes: [9] })
    expect(outcome).toMatchObject({ reason: 'trailing-garbage', offset: whole.length + 1 })
    expect(outcome.lines.length).toBeGreaterThanOrEqual(lines.length - 1)
  })

  it('finds damage anywhere, or reads the same', async () => {
    const whole = gzipSync(text)
    for (let at = 10; at < whole.length; at++) {
      const broken = Buffer.from(whole)
      broken[at] = (broken[at] ?? 0) ^ 0x55
      expect((await read(broken, { sizes: [50] })).reason, `byte ${at}`).toBeDefined()
    }
  })

  it('ends a bomb at its limit', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const reading = readRecords(
      { bytes: cut(bomb, [4096]), path: '/bomb.gz' },
      lineFormat(),
      { maxBytesOut: 1024 * 1024 },
      NEVER,
    )
    await expect(gatherCount(reading)).rejects.toMatchObject({
      kind: 'limit_exceeded',
      details: { reason: 'bytes-out', where: '/bomb.gz' },
    })
    expect(reading.facts.bytesOut).toBeLessThan(1.2 * 1024 * 1024)
    expect((await read(bomb, { limits: { maxRatio: 100 } })).reason).toBe('ratio')
  })

  it('throws nothing but failures, whatever arrives, in the same way for any chunking', async () => {
    const member = gzipSync('one\ntwo\nthree')
    const piece = fc.oneof(
      bytes,
      fc.constant(member),
      fc.nat(member.length).map((length) => member.subarray(0, length)),
      fc.constant(Buffer.alloc(3)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 4 }), sizes, async (pieces, chunking) => {
        const input = Buffer.concat(pieces)
        const whole = await read(input)
        const chunked = await read(input, { sizes: chunking })
        expect(chunked.reason === undefined).toBe(whole.reason === undefined)
        if (whole.reason === undefined) expect(chunked).toEqual(whole)
      }),
      propertyRuns(1_000),
    )
  })
})

function withHeaders(member: Buffer): Buffer {
  const head = Buffer.from(member.subarray(0, 10))
  head[3] = 4 | 8 | 16 | 2
  const extra = Buffer.from('\x05\x00extraname\0comment\0\0\0', 'latin1')
  return Buffer.concat([head, extra, member.subarray(10)])
}
