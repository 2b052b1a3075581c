import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { buildZip } from '../testing/build-zip'
import { freshDatabase } from '../testing/database'
import { type DatasetScene, makeDatasetScene } from '../testing/dataset-scene'
import { readEveryWay } from '../testing/read-every-way'

let drop: () => Promise<void>
let scene: DatasetScene

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
})
afterAll(() => drop())

const PIECES = [
  'a',
  'é',
  '漢',
  '🙂',
  '"',
  "'",
  ',',
  ';',
  '\\',
  '\t',
  ' ',
  '=',
  '1',
  'null',
  '\u0001',
  '\ufeff',
]
const LINES = [
  '\n',
  '\n',
  '\r\n',
  '\r',
  'id,name\n',
  '1,"x\ny"\n',
  'k=v\n',
  '{"a":1}\n',
  '{"a":{"b":[1]},"c":"é"}\n',
]
const JSONS = ['{"a":', '[', ']', '{"R":[', '}', '{"a":1,}\n', '[{"a":1},\n{"b":2}]\n', '{"R":[{"a":1},7]}\n']
const text = fc
  .array(fc.constantFrom(...PIECES, ...LINES, ...LINES, ...JSONS), { maxLength: 25 })
  .map((pieces) => pieces.join(''))

const CHARSETS = [
  'utf8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'shift_jis',
  'gb18030',
  'iso-2022-jp',
  'euc-kr',
]
function encode(written: string, charset: string): Buffer {
  if (charset === 'utf-16le') return Buffer.from(written, 'utf16le')
  if (charset === 'utf-16be') return Buffer.from(written, 'utf16le').swap16()
  return Buffer.from(written, charset === 'windows-1252' ? 'latin1' : 'utf8')
}

type Pack = (bytes: Buffer) => Buffer
const PACKS: Record<string, Pack> = {
  plain: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  members: (bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 7)), gzipSync(bytes.subarray(7))]),
  garbage: (bytes) => Buffer.concat([gzipSync(bytes), Buffer.from('behind it')]),
  cut: (bytes) => gzipSync(bytes).subarray(0, -5),
  zstd: (bytes) => zstdCompressSync(bytes),
  'zstd-cut': (bytes) => zstdCompressSync(bytes).subarray(0, -2),
  zip: (data) =>
    buildZip([
      { name: 'one.txt', data },
      { name: 'two.txt', data: data.subarray(0, 9) },
    ]),
  'zip-damaged': (data) => buildZip([{ name: 'one.txt', data, crc: 1 }]),
}

const settings = fc.oneof(
  fc.record({ type: fc.constant('line'), params: fc.record({ expandJson: fc.boolean() }) }),
  fc.record({
    type: fc.constant('csv'),
    params: fc.record({
      separator: fc.constantFrom(',', ';'),
      style: fc.constantFrom('excel', 'unix', 'escape_only_no_quote', 'no_escape_no_quote'),
      parseHeaderRow: fc.boolean(),
      skipRowsBeforeHeader: fc.constantFrom(0, 0, 1),
      skipRowsAfterHeader: fc.constantFrom(0, 0, 1),
      skipRepeatedHeaders: fc.boolean(),
    }),
  }),
  fc.record({
    type: fc.constant('json'),
    params: fc.record({ maxDepth: fc.constantFrom(0, 1, 3), rootPath: fc.constantFrom('', '', 'R') }),
  }),
  fc.record({
    type: fc.constant('regexp'),
    params: fc.record({
      pattern: fc.constantFrom('(?P<k>[a-z]+)=(?P<v>.*)', '(?P<all>.*)'),
      unmatchedLines: fc.constantFrom('keep', 'skip', 'fail'),
    }),
  }),
)

test('preview, sample, stream and count give the same of any small file', async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.constantFrom(...CHARSETS),
      fc.constantFrom(...Object.keys(PACKS)),
      settings,
      fc.constantFrom('fail' as const, 'warn' as const),
      async (written, charset, pack, { type, params }, unreadableFiles) => {
        const body = (PACKS[pack] ?? ((bytes) => bytes))(encode(written, charset))
        // An empty file is read for a preview alone.
        if (body.length === 0) return
        const format = { type, params: { ...params, charset, compress: '' } }
        const { columns, previewed, sample, stream, table, count } = await readEveryWay(
          scene,
          body,
          format,
          unreadableFiles,
        )
        const told = JSON.stringify({ previewed, sample, stream, table, count }, null, 1)
        const failures = [stream.failure, table.failure, count.failure]
        expect(failures, told).toEqual(failures.map(() => sample.failure))
        if (sample.failure !== null) return
        expect(previewed.records, told).toEqual(sample.records)
        expect(count.records, told).toEqual((sample.records as unknown[]).length)
        expect((stream.records as unknown[]).length, told).toEqual(count.records)
        for (const [place, record] of (sample.records as unknown[]).entries())
          if (record !== 'unparsed') expect((stream.records as unknown[])[place], told).toEqual(record)
        expect(sample.problems, told).toEqual(previewed.problems)
        const rows = (stream.records as Record<string, string | null>[]).map((record) =>
          columns.map((column) => record[column] ?? ''),
        )
        expect(table.records, told).toEqual(rows)
      },
    ),
    propertyRuns(40, 20_000),
  )
})

test('a stream is told with faults whose texts hold what the database cannot keep', async () => {
  const format = { type: 'json', params: { maxDepth: 1, rootPath: '', charset: 'utf8' } }
  const body = Buffer.from('{"a":1}\n{"a":\0x}\n{"a":2}\n')
  const { sample, stream } = await readEveryWay(scene, body, format, 'warn')
  expect(sample.problems).toEqual(['invalid-json 2'])
  expect([stream.failure, stream.problems]).toEqual([null, [0, 1]])
  expect(stream.records).toHaveLength(3)
})
