import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import { formatSchema } from '#lib/domain/formats/catalogue'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { openConnection } from '../connections/store-target'
import { database } from '../platform/db/client'
import { issuePermit } from '../platform/permit'
import { buildZip } from '../testing/build-zip'
import { freshDatabase } from '../testing/database'
import {
  addDataset,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
} from '../testing/dataset-scene'
import { NEVER } from '../testing/read-bytes'
import { previewFiles } from './detection/preview'
import { createRecordCounter } from './metrics/metrics-records'
import { readSample } from './sampling/read-sample'
import { finishStreaming } from './streaming/read-sessions'
import { streamRecords } from './streaming/stream-records'

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

interface Read {
  records: unknown[] | number
  /** Why it failed. */
  failure: string | null
  problems: unknown[]
}

async function tellFailure(work: () => Promise<Read>): Promise<Read> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { records: [], failure: error.details.reason ?? error.kind, problems: [] }
  }
}

/** What is told of an empty sample in another place. */
const EXPLAINS = new Set(['no-record', 'other-charset'])

const reasonsOf = (problems: readonly { reason: string; record?: number | undefined }[]) =>
  [
    ...new Set(
      problems
        .filter(({ reason }) => !EXPLAINS.has(reason))
        .map(({ reason, record }) => `${reason} ${record ?? ''}`),
    ),
  ].sort()

const valuesOf = (columns: string[], cells: (string | null)[], absent: number[] = []) =>
  Object.fromEntries(
    columns.flatMap((column, place) =>
      absent.includes(place) || place >= cells.length ? [] : [[column, cells[place] ?? null] as const],
    ),
  )

/** The rows of a table whose cells are separated by tabs and quoted as Excel quotes them. */
function readTsv(printed: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, bare = '', end] of printed.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\n\r]*))(\t|\r?\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare)
    if (end === '\t') continue
    rows.push(row)
    row = []
  }
  return rows
}

let number = 0

async function readAll(body: Buffer, format: object, unreadableFiles: 'fail' | 'warn') {
  const { mira } = scene
  const folder = `f${number++}`
  await scene.put(`${folder}/a.txt`, body)
  const { type: formatType, params: formatParams } = formatSchema.parse(format)
  const draft = definitionOver(`/${folder}/`, {
    formatType,
    formatParams,
    unreadableFiles,
  } as Partial<DatasetDefinition>)
  const preview = await previewFiles(mira, { definition: draft, file: '/a.txt', records: 1_000 })
  const found = preview.columns.length > 0 ? preview.columns : [{ name: 'none', type: 'string' }]
  const columns = found.map(({ name }) => name)
  const definition = { ...draft, schema: { columns: found, userModified: false } } as DatasetDefinition
  const ref = await addDataset(mira, folder, definition)
  const sample = await tellFailure(async () => {
    const { rows, problems } = await readSample(mira, ref, { records: 10_000 })
    const records = rows.map(({ cells, absent, unparsed }) =>
      unparsed === undefined ? valuesOf(columns, cells, absent) : 'unparsed',
    )
    return { records, failure: null, problems: reasonsOf(problems) }
  })
  const stream = await tellFailure(async () => {
    let printed = ''
    const request = { partitions: [], format: 'json', sessionId: folder } as const
    for await (const chunk of await streamRecords(mira, ref, request)) printed += chunk
    const finished = await finishStreaming(mira, ref, folder)
    const records = printed
      .split('\n')
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line))
    return { records, failure: null, problems: [finished.unreadFiles, finished.faults] }
  })
  const table = await tellFailure(async () => {
    let printed = ''
    const request = { partitions: [], format: 'tsv-excel-noheader', sessionId: `${folder}t` } as const
    for await (const chunk of await streamRecords(mira, ref, request)) printed += chunk
    await finishStreaming(mira, ref, `${folder}t`)
    return { records: readTsv(printed), failure: null, problems: [] }
  })
  const connection = await database().connection.findFirstOrThrow({ where: { name: LAKE } })
  const store = openConnection(issuePermit({ actor: 'user:1', action: 'test', signal: NEVER }), connection)
  const count = await tellFailure(async () => {
    const { records, isWhole } = await createRecordCounter(store, definition, NEVER)('/a.txt')
    return { records, failure: null, problems: [isWhole] }
  })
  const previewed = {
    records: preview.rows.map(({ cells, absent, unparsed }) =>
      unparsed === undefined ? valuesOf(columns, cells, absent) : 'unparsed',
    ),
    problems: reasonsOf(preview.problems),
    truncatedBy: preview.truncatedBy,
  }
  return { columns, previewed, sample, stream, table, count }
}

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
        const { columns, previewed, sample, stream, table, count } = await readAll(
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
