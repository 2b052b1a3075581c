import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { DEFAULT_LINE_FORMAT, type LineFormat } from '#lib/domain/formats/line'
import type { ReadLimits } from './meter'
import { readRecords } from './read-records'

const NEVER = new AbortController().signal

function lineFormat(params: Partial<LineFormat['params']> = {}): LineFormat {
  return { type: 'line', params: { ...DEFAULT_LINE_FORMAT.params, ...params } }
}

/** Cuts bytes at the given sizes, over and over. */
async function* cut(bytes: Uint8Array, sizes: number[]) {
  let turn = 0
  for (let at = 0; at < bytes.length; turn++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[turn % sizes.length] ?? 1)
    yield bytes.subarray(at, at + size)
    at += Math.max(size, 1)
    if (size === 0) yield new Uint8Array(0)
  }
}

interface Outcome {
  lines: string[]
  replaced: number
  problems: string[]
  reason?: string | undefined
  offset?: number | undefined
}

interface Options {
  params?: Partial<LineFormat['params']>
  limits?: ReadLimits
  path?: string
  sizes?: number[]
}

async function read(
  bytes: Uint8Array,
  { params = {}, limits = {}, path = '/a.log', sizes = [] }: Options = {},
): Promise<Outcome> {
  const reading = readRecords({ bytes: cut(bytes, sizes), path }, lineFormat(params), limits, NEVER)
  const lines: string[] = []
  let failure: Failure | undefined
  try {
    for await (const batch of reading) {
      expect(batch.firstRecord).toBe(lines.length + 1)
      for (let index = 0; index < batch.count; index++) lines.push(batch.text(index))
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    failure = error
  }
  const { replacedBytes, problems } = reading.facts
  expect(failure?.details.where ?? path).toBe(path)
  return {
    lines,
    replaced: replacedBytes,
    problems: problems.map(({ reason }) => reason),
    reason: failure?.details.reason,
    offset: failure?.details.offset,
  }
}

function split(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
/** Bytes in which line ends, broken sequences and marks are common. */
const bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '0a',
        '0d',
        '0d0a',
        'e28282',
        'f09f9982',
        'e282',
        'f09f99',
        'c3',
        'ff',
        '80',
        'efbfbd',
        'efbbbf',
        '00',
        'd83d',
        '41',
      ),
      fc.uint8Array({ minLength: 1, maxLength: 1 }).map((byte) => Buffer.from(byte).toString('hex')),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'hex'))

describe('lines', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['\n', ['']],
    ['a\n\nb', ['a', '', 'b']],
    ['a\r\nb\rc\nd\r', ['a', 'b', 'c', 'd']],
    ['a\r\r\n\n', ['a', '', '']],
    ['\ufeffa\n\ufeffb', ['a', '\ufeffb']],
    ['é🙂\u2028x\n', ['é🙂\u2028x']],
  ])('reads %j', async (text, lines) => {
    for (const size of [1, 2, 3, 100]) {
      expect((await read(Buffer.from(text), { sizes: [size] })).lines).toEqual(lines)
    }
  })

  it.each(['utf8', 'utf-16le', 'utf-16be', 'latin1', 'windows-1253', 'windows-874', 'koi8-r'])(
    'reads any bytes as %s like the platform decodes them whole, in any chunking',
    async (charset) => {
      await fc.assert(
        fc.asyncProperty(bytes, sizes, async (input, chunking) => {
          const outcome = await read(input, { params: { charset, compress: 'none' }, sizes: chunking })
          const encoding = bomOf(input) ?? charset
          expect(outcome.lines).toEqual(split(new TextDecoder(encoding).decode(input)))
          expect(outcome.reason).toBeUndefined()
        }),
        { numRuns: 1_000 },
      )
    },
  )

  it('counts each byte sequence that does not decode, and no U+FFFD that was written', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, sizes, async (input, chunking) => {
        fc.pre(bomOf(input) === undefined)
        const genuine = input.toString('hex').match(/../g)?.join(' ').split('ef bf bd').length ?? 1
        const shown = new TextDecoder().decode(input).split('\ufffd').length
        const outcome = await read(input, { params: { compress: 'none' }, sizes: chunking })
        expect(outcome.replaced).toBe(shown - genuine)
      }),
      { numRuns: 2_000 },
    )
    expect((await read(Buffer.from('ok\ufffd'))).replaced).toBe(0)
  })

  it('names the first byte that does not decode', async () => {
    for (const [charset, input, offset] of [
      ['utf8', Buffer.from([0xef, 0xbb, 0xbf, 0x41, 0xff, 0xfe]), 4],
      ['utf-16le', Buffer.from([0x41, 0, 0, 0xd8, 0x41, 0]), 2],
      ['windows-1253', Buffer.from([0x41, 0xaa]), 1],
    ] as const) {
      const reading = readRecords({ bytes: cut(input, [1]), path: '/x' }, lineFormat({ charset }), {}, NEVER)
      for await (const _ of reading);
      expect(reading.facts.problems).toMatchObject([{ reason: 'undecodable-bytes', offset, path: '/x' }])
    }
  })
})

function bomOf(input: Buffer): string | undefined {
  const hex = input.toString('hex', 0, 3)
  if (hex === 'efbbbf') return 'utf-8'
  return hex.startsWith('fffe') ? 'utf-16le' : hex.startsWith('feff') ? 'utf-16be' : undefined
}

describe('long lines', () => {
  it('refuses a line over the maximum, naming the record', async () => {
    const outcome = await read(Buffer.from(`ok\n${'é'.repeat(11)}\n`), {
      params: { maxLineChars: 10 },
      sizes: [3],
    })
    expect(outcome).toMatchObject({ reason: 'ERR_FORMAT_LINE_TOO_LARGE' })
    expect(
      (await read(Buffer.from(`ok\n${'é'.repeat(10)}\n`), { params: { maxLineChars: 10 } })).lines,
    ).toHaveLength(2)
    expect((await read(Buffer.from(`${'🙂'.repeat(6)}`), { params: { maxLineChars: 10 } })).reason).toBe(
      'ERR_FORMAT_LINE_TOO_LARGE',
    )
  })

  it('does not hold more than 8 MiB of a record, and counts it all', async () => {
    const long = 10 * 1024 * 1024
    const reading = readRecords({ bytes: endless(long), path: '/long' }, lineFormat(), {}, NEVER)
    const seen: unknown[] = []
    for await (const batch of reading) {
      for (let index = 0; index < batch.count; index++) {
        seen.push([batch.firstRecord + index, batch.text(index).length, batch.tooLarge(index)?.chars])
      }
    }
    expect(seen).toEqual([
      [1, 64 * 1024, long],
      [2, 4, undefined],
    ])
  })

  it('ends a line without end at its maximum', async () => {
    const format = lineFormat({ maxLineChars: 20_000_000 })
    const reading = readRecords({ bytes: endless(Number.POSITIVE_INFINITY), path: '/x' }, format, {}, NEVER)
    await expect(gatherCount(reading)).rejects.toMatchObject({
      details: { reason: 'ERR_FORMAT_LINE_TOO_LARGE' },
    })
    expect(reading.facts.bytesIn).toBeLessThan(20_200_000)
  })
})

async function* endless(length: number) {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  for (let left = length; left > 0; left -= chunk.length) yield chunk.subarray(0, left)
  yield Buffer.from('\nnext')
}

async function gatherCount(reading: AsyncIterable<{ count: number }>): Promise<number> {
  let count = 0
  for await (const batch of reading) count += batch.count
  return count
}

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
    expect((await read(Buffer.from('28b52ffd00', 'hex'))).reason).toBe('compression-not-read')
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
      { numRuns: 1_000 },
    )
  })
})

function withHeaders(member: Buffer): Buffer {
  const head = Buffer.from(member.subarray(0, 10))
  head[3] = 4 | 8 | 16 | 2
  const extra = Buffer.from('\x05\x00extraname\0comment\0\0\0', 'latin1')
  return Buffer.concat([head, extra, member.subarray(10)])
}

describe('limits', () => {
  it('stops at the number of records and closes the source', async () => {
    let closed = false
    async function* source() {
      try {
        for (;;) yield Buffer.from('a\nb\n')
      } finally {
        closed = true
      }
    }
    const reading = readRecords({ bytes: source(), path: '/x' }, lineFormat(), { maxRecords: 3 }, NEVER)
    expect(await gatherCount(reading)).toBe(3)
    expect(reading.facts.records).toBe(3)
    await new Promise((resolve) => setImmediate(resolve))
    expect(closed).toBe(true)
  })

  it('holds bytes in, the deadline and the signal', async () => {
    expect((await read(Buffer.alloc(100, 'a'), { limits: { maxBytesIn: 50 }, sizes: [10] })).reason).toBe(
      'bytes-in',
    )
    const hang = () => ({
      bytes: { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) },
      path: '/x',
    })
    await expect(
      gatherCount(readRecords(hang(), lineFormat(), { deadlineMs: 20 }, NEVER)),
    ).rejects.toMatchObject({ details: { reason: 'deadline' } })
    const reason = new Failure('forbidden', 'ended')
    const controller = new AbortController()
    setTimeout(() => controller.abort(reason), 20)
    await expect(gatherCount(readRecords(hang(), lineFormat(), {}, controller.signal))).rejects.toBe(reason)
  })

  it('waits for its reader', async () => {
    let made = 0
    async function* source() {
      for (; made < 1_000; made++) yield Buffer.alloc(64 * 1024, 'line of text\n')
    }
    const reading = readRecords({ bytes: source(), path: '/x' }, lineFormat(), {}, NEVER)
    for await (const _ of reading) break
    expect(made).toBeLessThan(5)
  })
})
