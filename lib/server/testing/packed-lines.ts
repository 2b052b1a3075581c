import 'server-only'
import { readFileSync } from 'node:fs'
import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import { readRecords } from '#lib/server/reader/read-records'
import { buildZip } from './build-zip'
import { NEVER } from './read-bytes'

const PACKED = readFileSync(new URL('../reader/fixtures/compressed/bzip2-objects.bz2', import.meta.url))
const LINES = await readLines(PACKED)
const TEXT = Buffer.from(`${LINES.join('\n')}\n`)
const HALF = TEXT.indexOf('\n', TEXT.length / 3) + 1
const [ONE, OTHER] = [TEXT.subarray(0, HALF), TEXT.subarray(HALF)]

const wide = (bytes: Buffer) =>
  zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_windowLog]: 23, [constants.ZSTD_c_checksumFlag]: 1 },
  })

/** The size of the first of the two frames of zstd. */
export const FIRST_FRAME_BYTES = wide(ONE).length

/** The same lines, packed in every way that is gone back to differently. */
export const PACKINGS: Record<string, Buffer> = {
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

/** Lists, nulls, dictionaries and several row groups of several pages. */
export function manyPages(): Buffer {
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

/** Bytes as they may come, and again as often as they are asked for. */
export function ofBytes(bytes: Buffer, pieceBytes = 16 * 1024, opened = { times: 0 }): AsyncIterable<Buffer> {
  return {
    async *[Symbol.asyncIterator]() {
      opened.times++
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
    },
  }
}

async function readLines(bytes: Buffer): Promise<string[]> {
  const reading = readRecords({ bytes: ofBytes(bytes), path: '/a' }, DEFAULT_LINE_FORMAT, {}, NEVER)
  const lines: string[] = []
  for await (const batch of reading) for (let n = 0; n < batch.count; n++) lines.push(batch.text(n))
  return lines
}
