import type http from 'node:http'
import { zstdCompressSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { type BuiltEntry, buildZip } from '#lib/server/testing/build-zip'
import { type LoopbackServer, openTestStore, startServer } from '#lib/server/testing/loopback-store'
import { cut, lineFormat, NEVER, read } from '#lib/server/testing/read-bytes'
import { readRecords } from '../read-records'
import type { RecordReading } from '../records'

const entry = (name: string, text: string, more: Partial<BuiltEntry> = {}): BuiltEntry => ({
  name,
  data: Buffer.from(text),
  ...more,
})

async function failureOf(reading: RecordReading): Promise<Failure> {
  try {
    for await (const _ of reading);
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('it was read')
}

const reading = (zip: Buffer, params = {}) =>
  readRecords({ bytes: cut(zip, []), path: '/x.zip' }, lineFormat(params), {}, NEVER)

describe('zip', () => {
  it('reads each entry as a file of its own, in the order of the directory', async () => {
    const zip = buildZip([
      entry('z', '\ufeffone\ntwo'),
      entry('folder/', ''),
      entry('empty', ''),
      entry('a', '\ufeffthree\r', { method: 0 }),
      entry('b', 'four', { method: 93, packed: zstdCompressSync('four') }),
    ])
    const outcome = await read(zip, { path: '/x.zip' })
    expect(outcome).toEqual({ lines: ['one', 'two', 'three', 'four'], replaced: 0, problems: [] })
  })

  it('leaves out what is of another kind than most of the archive, says so, and reads it when asked', async () => {
    const zip = buildZip([
      entry('README.txt', 'See one.csv\n'),
      entry('one.csv', 'id,name\n1,Ann\n'),
      entry('old/two.CSV', 'id,name\n2,Bo\n'),
    ])
    const chosen = reading(zip)
    for await (const _ of chosen);
    expect(chosen.facts.records).toBe(4)
    expect(chosen.facts.problems).toMatchObject([
      {
        reason: 'zip-entries-left-out',
        message: 'Of the archive, 2 of 3 files are read: *.csv. Left out: README.txt.',
        fixes: [
          { label: 'Read only *.csv', params: { zipEntries: '*.csv' } },
          { label: 'Read all files in archives', params: { zipEntries: '*' } },
        ],
      },
    ])
    const all = await read(zip, { path: '/x.zip', params: { zipEntries: '*' } })
    expect(all).toMatchObject({ lines: expect.arrayContaining(['See one.csv']), problems: [] })
    const one = await read(zip, { path: '/x.zip', params: { zipEntries: 'old/*' } })
    expect(one).toMatchObject({ lines: ['id,name', '2,Bo'], problems: ['zip-entries-left-out'] })
    const named = reading(zip, { zipEntries: 'old/*' })
    for await (const _ of named);
    expect(named.facts.problems).toMatchObject([
      {
        message: 'Of the archive, 1 of 3 files is read: old/*. Left out: README.txt, one.csv.',
        fixes: [{ params: { zipEntries: '*' } }],
      },
    ])
  })

  it('numbers records through all entries, and names the entry of a problem', async () => {
    const zip = buildZip([entry('one.log', 'a\nb\n'), entry('logs/two.log', 'c\nlonger\n')])
    const failure = await failureOf(reading(zip, { maxLineChars: 5 }))
    expect(failure.message).toBe('logs/two.log: Record 4 has 6 characters; 5 are allowed')
    expect(failure.details).toMatchObject({
      reason: 'ERR_FORMAT_LINE_TOO_LARGE',
      where: '/x.zip',
      facts: { entry: 'logs/two.log', record: 4 },
    })
    const broken = reading(
      buildZip([entry('one.log', 'a'), { ...entry('two.log', ''), data: Buffer.from([0xff]) }]),
    )
    for await (const _ of broken);
    expect(broken.facts.problems[0]?.message).toMatch(/^two\.log: Some bytes are not utf-8/)
  })

  it.each<[string, Partial<BuiltEntry>, string, RegExp]>([
    ['an encrypted entry', { flags: 1 }, 'zip-encrypted', /^b: The zip archive is encrypted/],
    ['Deflate64', { method: 9 }, 'zip-method', /^b: It is packed with Deflate64/],
    ['another method', { method: 97 }, 'zip-method', /^b: It is packed with method 97/],
    ['another checksum', { crc: 1 }, 'damaged-compressed-data', /^b: /],
    ['more than it says', { sizeBytes: 3 }, 'damaged-compressed-data', /larger than the archive says/],
    ['less than it says', { sizeBytes: 9 }, 'damaged-compressed-data', /^b: /],
    ['stored, more than it says', { sizeBytes: 3, method: 0 }, 'damaged-compressed-data', /^b: /],
  ])('refuses %s after what stands before', async (_, more, reason, message) => {
    const zip = buildZip([entry('a', 'one\n'), entry('b', 'text\n', more), entry('c', 'three\n')])
    const outcome = await read(zip)
    expect(outcome).toMatchObject({ reason })
    expect(outcome.lines[0]).toBe('one')
    expect(outcome.lines).not.toContain('three')
    expect((await failureOf(reading(zip))).message).toMatch(message)
  })

  it('refuses entries that share bytes, before any is read', async () => {
    const first = entry('a', 'one\n'.repeat(1_000))
    for (const second of [{ start: 0 }, { start: 10 }]) {
      const zip = buildZip([first, entry('b', 'two\n', second)])
      const outcome = await read(zip)
      expect(outcome).toMatchObject({ lines: [], reason: 'damaged-compressed-data' })
      expect((await failureOf(reading(zip))).message).toMatch(/overlaps what stands behind it/)
    }
    const long = buildZip([{ ...first, packedBytes: 1_000_000 }, entry('b', 'two\n')])
    expect((await failureOf(reading(long))).message).toMatch(/overlaps/)
  })

  it('refuses an archive that is a document, unless it is told to unpack it', async () => {
    const zip = buildZip([entry('docProps/app.xml', '<a/>'), entry('[Content_Types].xml', '<b/>')])
    expect((await failureOf(reading(zip))).message).toMatch(/^This looks like an Office document/)
    expect((await read(zip, { params: { compress: 'zip' } })).lines).toEqual(['<a/>', '<b/>'])
  })

  it('has names that do harm nowhere', async () => {
    const names = ['../../etc/passwd', '/etc/passwd', 'C:\\x', '__proto__', '', 'a\0b']
    const zip = buildZip(names.map((name) => entry(name, `${name.length}\n`)))
    expect((await read(zip)).lines).toHaveLength(names.length)
  })
})

describe('a zip archive in a store', () => {
  let server: LoopbackServer
  afterEach(() => server.close())

  const many = Array.from({ length: 40 }, (_, n) =>
    entry(`${n}.log`, `${n} ${'x'.repeat(n)}\n`.repeat(2_000)),
  )

  function serve(zip: () => Buffer): { asked: string[]; open: () => number } {
    const asked: string[] = []
    const responses = new Set<http.ServerResponse>()
    const handler: http.RequestListener = (request, response) => {
      asked.push(`${request.method} ${request.headers.range ?? ''}`.trim())
      responses.add(response.on('close', () => responses.delete(response)))
      answer(zip(), request, response)
    }
    serving = startServer(handler)
    return { asked, open: () => responses.size }
  }
  let serving: Promise<LoopbackServer>

  async function open(params = {}): Promise<RecordReading> {
    server = await serving
    const store = openTestStore(server.endpoint, { timeouts: { idleMs: 5_000, answerMs: 5_000 } })
    return readRecords({ store, path: '/x.zip' }, lineFormat(params), {}, NEVER)
  }

  it('is read in one stream as long as its entries stand in order', async () => {
    const zip = buildZip(many)
    const { asked } = serve(() => zip)
    let records = 0
    for await (const batch of await open()) records += batch.count
    expect(records).toBe(80_000)
    const end = zip.readUInt32LE(zip.length - 6)
    expect(asked).toEqual(['GET', 'HEAD', `GET bytes=0-${zip.length - 1}`, `GET bytes=0-${end - 1}`])
  })

  it('is closed when the loop is left, in the middle of an entry too', async () => {
    const { open: connections } = serve(() =>
      buildZip([entry('big', 'line\n'.repeat(9_000_000), { method: 0 })]),
    )
    let batches = 0
    for await (const _ of await open()) if (++batches === 3) break
    await expect.poll(connections).toBe(0)
  })

  it('is not read further when it was replaced meanwhile', async () => {
    let turn = 0
    serve(() => buildZip([entry('a', `${turn++}\n`)]))
    expect((await failureOf(await open())).details.reason).toBe('changed-while-read')
  })
})

/** Answers as S3 does, as far as reading goes. */
function answer(body: Buffer, request: http.IncomingMessage, response: http.ServerResponse): void {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  const [start, end] = range === null ? [0, body.length - 1] : [Number(range[1]), Number(range[2])]
  const part = body.subarray(start, end + 1)
  response.writeHead(range === null ? 200 : 206, {
    'content-length': part.length,
    'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
    etag: `"${body.toString('hex', 14, 18)}"`,
    ...(range === null ? {} : { 'content-range': `bytes ${start}-${end}/${body.length}` }),
  })
  response.end(request.method === 'HEAD' ? undefined : part)
}
