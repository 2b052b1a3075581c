import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { bytes, cut, gatherCount, lineFormat, NEVER, read, sizes } from '#lib/server/testing/read-bytes'
import { readRecords } from './read-records'

function split(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

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
        propertyRuns(1_000),
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
      propertyRuns(),
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

it('reads what looks binary as text where the settings say so', async () => {
  for (const binaryAsText of [undefined, true]) {
    const params = binaryAsText === undefined ? {} : { binaryAsText }
    const bytes = cut(Buffer.from('\0\x01\x02\nline\n'), [4])
    const reading = readRecords({ bytes, path: '/x' }, lineFormat(params), { binary: 'fail' }, NEVER)
    const texts: string[] = []
    const all = async () => {
      for await (const batch of reading)
        for (let index = 0; index < batch.count; index++) texts.push(batch.text(index))
    }
    if (binaryAsText) await all()
    else await expect(all()).rejects.toMatchObject({ details: { reason: 'looks-like-binary' } })
    expect(texts).toEqual(binaryAsText ? ['\0\x01\x02', 'line'] : [])
  }
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
