import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, deflateRawSync, constants as zlib, zstdCompressSync } from 'node:zlib'
import { makeParquet } from './synthetic-parquet.mjs'

/**
 * A loopback S3 that makes its objects as it sends them, so that they may be of any size: parts, of which one comes over and
 * over. Listings and ranges work as in S3; signatures are not checked.
 *
 * In a process of its own: `node bench/synthetic-objects.mjs` prints `{"endpoint", "bucket"}`.
 */

const BUCKET = 'objects'
const BLOCK_BYTES = 1024 * 1024
const GIGABYTE = 1_000_000_000
const MODIFIED_AT = '2026-11-22T10:00:00.000Z'
const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
const NOTHING = Buffer.alloc(0)

/** @typedef {{ bytes: Buffer, times: number }[]} Made */

/** @param {number} n */
const idOf = (n) => createHash('sha256').update(String(n)).digest('hex').slice(0, 24)

/** A mebibyte of records, none like another. @param {(n: number, id: string) => string} write */
function makeBlock(write) {
  const lines = []
  for (let n = 0, bytes = 0; bytes < BLOCK_BYTES; n++) {
    const line = write(n, idOf(n))
    lines.push(line)
    bytes += line.length
  }
  return Buffer.from(lines.join(''))
}

/** @param {number} n @param {string} id */
const event = (n, id) =>
  JSON.stringify({
    severity: 'INFO',
    logger: 'dku.audit.generic',
    mdc: { apiCall: `/api/projects/P${n % 40}/datasets/save`, user: `user${n % 97}`, traceId: id },
    message: { msgType: 'dataset-save', projectKey: `P${n % 40}`, datasetName: `orders_${n % 300}`, n },
    timestamp: `2026-11-22T10:${String(n % 60).padStart(2, '0')}:00.${String(n % 1000).padStart(3, '0')}+0100`,
  })

const LINES = makeBlock((n, id) => `${event(n, id)}\n`)
const CSV = makeBlock((n, id) => `${n},${id},"lamp, ""${n % 12}""",${(n * 7) % 1000},2026-11-22\n`)
const ARRAY = makeBlock((n, id) => `${event(n, id)},\n`)
/** A line of seven mebibytes. */
const WIDE = Buffer.concat([Buffer.alloc(7 * BLOCK_BYTES, 'wide "line" '), Buffer.from('\n')])
/** As many in one cell, beside which another stands. */
const WIDE_TEXT = 'wide, plain '.repeat((7 * BLOCK_BYTES) / 12)
const WIDE_CSV = Buffer.from(`1,"${WIDE_TEXT}"\n`)
const WIDE_JSON = Buffer.from(`${JSON.stringify({ n: 1, text: WIDE_TEXT })}\n`)
/** Ends on a byte and refers to nothing before it, so that it may stand behind itself. */
const PACKED_LINES = deflateRawSync(LINES, { finishFlush: zlib.Z_FULL_FLUSH })

/** One gzip member of so many blocks, complete with its checksum. @param {number} repeats @returns {Made} */
function packLines(repeats) {
  let crc = 0
  for (let n = 0; n < repeats; n++) crc = crc32(LINES, crc)
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc, 0)
  trailer.writeUInt32LE((LINES.length * repeats) % 2 ** 32, 4)
  const tail = Buffer.concat([deflateRawSync(NOTHING), trailer])
  return [once(GZIP_HEAD), { bytes: PACKED_LINES, times: repeats }, once(tail)]
}

/** A frame that refers back over 8 MiB, as zstd -19 packs. */
function packZstd() {
  const bytes = Buffer.concat(Array.from({ length: 16 }, () => LINES))
  return zstdCompressSync(bytes, { params: { [zlib.ZSTD_c_windowLog]: 23 } })
}

/** A stream whose blocks may be of the largest size: what unpacks it takes memory for that. */
function packBzip2() {
  const url = new URL('../lib/server/reader/fixtures/compressed/bzip2-objects.bz2', import.meta.url)
  const stream = Buffer.from(readFileSync(url))
  stream.write('BZh9')
  return stream
}

/** @param {Buffer} bytes */
const once = (bytes) => ({ bytes, times: 1 })

/** @param {Buffer} block @returns {Made} */
const plain = (block, head = NOTHING, tail = NOTHING, size = GIGABYTE) => [
  once(head),
  { bytes: block, times: Math.ceil(size / block.length) },
  once(tail),
]

/** An archive of two files, neither of which has 4 GiB unpacked: their sizes stand where all programs look for them. @returns {Made} */
function zipLines() {
  const end = deflateRawSync(NOTHING)
  const times = Math.min(
    Math.ceil(GIGABYTE / 2 / PACKED_LINES.length),
    Math.floor(2 ** 32 / LINES.length) - 1,
  )
  let crc = 0
  for (let n = 0; n < times; n++) crc = crc32(LINES, crc)
  const sizes = { crc, packed: PACKED_LINES.length * times + end.length, unpacked: LINES.length * times }
  const files = ['a.ndjson', 'b.ndjson'].map((name) => ({ name: Buffer.from(name), ...sizes }))
  const locals = files.map((file) => Buffer.concat([Buffer.from('PK\x03\x04'), zipFacts(file), file.name]))
  const startOf = (index) =>
    locals.slice(0, index).reduce((sum, local) => sum + local.length + sizes.packed, 0)
  const directory = Buffer.concat(
    files.flatMap((file, index) => {
      const place = Buffer.alloc(14)
      place.writeUInt32LE(startOf(index), 10)
      return [Buffer.from('PK\x01\x02\x14\0'), zipFacts(file), place, file.name]
    }),
  )
  const last = Buffer.alloc(22)
  last.write('PK\x05\x06')
  last.writeUInt16LE(files.length, 8)
  last.writeUInt16LE(files.length, 10)
  last.writeUInt32LE(directory.length, 12)
  last.writeUInt32LE(startOf(files.length), 16)
  return [
    ...locals.flatMap((local) => [once(local), { bytes: PACKED_LINES, times }, once(end)]),
    once(Buffer.concat([directory, last])),
  ]
}

function zipFacts({ name, crc, packed, unpacked }) {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(8, 4)
  facts.writeUInt32LE(crc, 10)
  facts.writeUInt32LE(packed, 14)
  facts.writeUInt32LE(unpacked, 18)
  facts.writeUInt16LE(name.length, 22)
  return facts
}

/** Made when it is first asked for: it takes seconds. @param {() => Made} make */
function lazily(make) {
  /** @type {Made | undefined} */
  let made
  return () => {
    made ??= make()
    return made
  }
}

/** @returns {Map<string, () => Made>} */
function makeObjects() {
  const packed = lazily(() => packLines(32))
  const large = {
    csv: lazily(() => plain(CSV, Buffer.from('n,id,item,amount,day\n'))),
    json: lazily(() => plain(ARRAY, Buffer.from('[\n'), Buffer.from('{}]'))),
    log: lazily(() => plain(LINES)),
    'ndjson.gz': lazily(() => plain(PACKED_LINES, GZIP_HEAD)),
    zip: lazily(zipLines),
    parquet: lazily(() => makeParquet(GIGABYTE, (n) => event(n, idOf(n)))),
  }
  const objects = new Map()
  for (let n = 0; n < 24; n++) objects.set(`packed/${String(n).padStart(2, '0')}.ndjson.gz`, packed)
  objects.set(
    'huge/0.ndjson.gz',
    lazily(() => packLines(3072)),
  )
  for (let n = 0; n < 2; n++)
    objects.set(
      `two/${n}.log`,
      lazily(() => plain(LINES, NOTHING, NOTHING, GIGABYTE / 2)),
    )
  for (let n = 0; n < 4; n++)
    objects.set(
      `wide/${n}.log`,
      lazily(() => plain(WIDE)),
    )
  for (let n = 0; n < 4; n++)
    objects.set(
      `wide_csv/${n}.csv`,
      lazily(() => plain(WIDE_CSV, Buffer.from('n,text\n'))),
    )
  for (let n = 0; n < 4; n++)
    objects.set(
      `wide_json/${n}.ndjson`,
      lazily(() => plain(WIDE_JSON)),
    )
  objects.set(
    'wide_bzip2/0.ndjson.bz2',
    lazily(() => plain(packBzip2(), NOTHING, NOTHING, GIGABYTE / 50)),
  )
  objects.set(
    'wide_zstd/0.log.zst',
    lazily(() => plain(packZstd(), NOTHING, NOTHING, GIGABYTE / 50)),
  )
  objects.set(
    'tables/0.parquet',
    lazily(() => makeParquet(GIGABYTE / 10, (n) => event(n, idOf(n)))),
  )
  for (const [kind, made] of Object.entries(large)) {
    for (let n = 0; n < 5; n++) objects.set(`large/${n}.${kind}`, made)
  }
  return objects
}

/** @param {Made} made */
const sizeOf = (made) => made.reduce((sum, { bytes, times }) => sum + bytes.length * times, 0)

/** The bytes from `start` up to `end`, exclusive. @param {Made} made @param {number} start @param {number} end */
function* sliceOf(made, start, end) {
  let at = 0
  for (const { bytes, times } of made) {
    for (let n = 0; n < times && at < end; n++) {
      if (at + bytes.length > start) yield bytes.subarray(Math.max(0, start - at), end - at)
      at += bytes.length
    }
  }
}

/** @param {string | undefined} range @param {number} size */
function readRange(range, size) {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  if (from === undefined) return { start: 0, end: size }
  return { start: Number(from), end: to ? Math.min(Number(to) + 1, size) : size }
}

/** @param {Map<string, () => Made>} objects @param {URLSearchParams} query */
function renderListing(objects, query) {
  const prefix = query.get('prefix') ?? ''
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort()
  const contents = keys.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>${MODIFIED_AT}</LastModified><ETag>&quot;0&quot;</ETag><Size>${sizeOf(objects.get(key)())}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${BUCKET}</Name><Prefix>${prefix}</Prefix><KeyCount>${keys.length}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>${contents.join('')}</ListBucketResult>`
}

/** Starts the store on a free loopback port. */
export async function startSyntheticObjects() {
  const objects = makeObjects()
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://loopback')
    if (url.searchParams.get('list-type') === '2') {
      response.setHeader('content-type', 'application/xml')
      response.end(renderListing(objects, url.searchParams))
      return
    }
    const made = objects.get(decodeURIComponent(url.pathname).slice(BUCKET.length + 2))?.()
    if (!made) {
      response.statusCode = 404
      response.end('<Error><Code>NoSuchKey</Code></Error>')
      return
    }
    const size = sizeOf(made)
    const { start, end } = readRange(request.headers.range, size)
    if (request.headers.range) {
      response.statusCode = 206
      response.setHeader('content-range', `bytes ${start}-${end - 1}/${size}`)
    }
    response.setHeader('content-length', end - start)
    response.setHeader('last-modified', new Date(MODIFIED_AT).toUTCString())
    response.setHeader('etag', '"0"')
    if (request.method === 'HEAD') response.end()
    // Who has read enough goes away in the middle.
    else pipeline(Readable.from(sliceOf(made, start, end)), response).catch(() => undefined)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  return { endpoint: `http://127.0.0.1:${server.address().port}`, bucket: BUCKET }
}

if (import.meta.main) console.log(JSON.stringify(await startSyntheticObjects()))
