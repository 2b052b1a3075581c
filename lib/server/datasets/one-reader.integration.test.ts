import { readFileSync } from 'node:fs'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { METRIC_IDS, type MetricValue } from '#lib/domain/datasets/metrics'
import { formatSchema } from '#lib/domain/formats/catalogue'
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
import { failureOf } from '../testing/failure-of'
import { gather } from '../testing/loopback-store'
import { NEVER } from '../testing/read-bytes'
import { parquetFixture } from '../testing/read-parquet'
import { previewFiles } from './detection/preview'
import { readSchema } from './detection/read-schema'
import { getDssMetrics } from './dss/dss-metrics'
import { getMetrics } from './metrics/metrics'
import { computeMetrics } from './metrics/metrics-compute'
import { createRecordCounter } from './metrics/metrics-records'
import { readSample } from './sampling/read-sample'
import { streamRecords } from './streaming/stream-records'

const CLOUDTRAIL = readFileSync(
  new URL(
    '../reader/fixtures/cloudtrail/218007301253_CloudTrail_us-east-1_20230710T1150Z_1vnLavRRp0ek1mP4.json',
    import.meta.url,
  ),
)
const wide = (text: string) => Buffer.from(text, 'utf16le')

type File = [kind: string, name: string, body: Buffer | string, format: { type: string; params: object }]

/** One file of each kind, with what is odd in it: broken bytes, ragged rows, names twice, values that are absent. */
const FILES: File[] = [
  ['lines', 'a.log', Buffer.from('one\r\ntwo\xff\n\n{"a":1}\rlast', 'latin1'), { type: 'line', params: {} }],
  [
    'expanded',
    'a.log.gz',
    gzipSync('{"message":{"msgType":"login"},"line":"x"}\nplain\n{"a":null}\n'),
    { type: 'line', params: { expandJson: true } },
  ],
  [
    'csv',
    'a.csv.zst',
    zstdCompressSync('id;id;__proto__\n1;"a;\n""b"\n2;3;4;5\n\n6;7;\n'),
    { type: 'csv', params: { separator: ';' } },
  ],
  [
    'csv-utf16',
    'a.zip',
    buildZip([
      { name: 'one.csv', data: wide('\ufeffname,city\nJosé,Málaga\n') },
      { name: 'two.csv', data: wide('city,age\n東京,🙂\n') },
    ]),
    { type: 'csv', params: { charset: 'utf-16le' } },
  ],
  ['json', 'a.json', CLOUDTRAIL, { type: 'json', params: { rootPath: 'Records' } }],
  ['json-array', 'b.json', '[{"a":9007199254740993},\n{"b":null,"a":""},7]', { type: 'json', params: {} }],
  [
    'regexp',
    'a.txt',
    'id=1 x\nnothing here\nid=2 y\n',
    { type: 'regexp', params: { pattern: 'id=(?P<id>\\d+) (?P<rest>.*)' } },
  ],
  ['parquet', 'kinds.parquet', parquetFixture('kinds'), { type: 'parquet', params: {} }],
  ['nested', 'nested.parquet', parquetFixture('nested'), { type: 'parquet', params: {} }],
]

let drop: () => Promise<void>
let scene: DatasetScene

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  for (const [kind, name, body] of FILES) await scene.put(`${kind}/${name}`, body)
})
afterAll(() => drop())

test.each(FILES)('%s: preview, schema, sample, stream and count agree', async (kind, name, _, settings) => {
  const { mira } = scene
  const { type: formatType, params: formatParams } = formatSchema.parse(settings)
  const draft = definitionOver(`/${kind}/`, { formatType, formatParams } as Partial<DatasetDefinition>)

  const preview = await previewFiles(mira, { definition: draft, file: `/${name}`, records: 1_000 })
  expect(preview.truncatedBy).toBeNull()
  const columns = preview.columns.map((column) => column.name)

  const report = await readSchema(mira, { definition: draft, infer: false })
  expect(report.columns.map((column) => column.name)).toEqual(columns)

  const schema = { columns: preview.columns, userModified: false } as DatasetDefinition['schema']
  const definition: DatasetDefinition = { ...draft, schema }
  const ref = await addDataset(mira, kind, definition)
  const sample = await readSample(mira, ref, { records: 10_000 })
  expect(sample.columns.map((column) => column.name)).toEqual(columns)
  const expected = preview.rows.map((row) => valuesOf(columns, row.cells, row.absent))
  expect(sample.rows.map((row) => valuesOf(columns, row.cells, row.absent))).toEqual(expected)
  expect(sample.rows.map(({ number, unparsed }) => ({ number, unparsed }))).toEqual(
    preview.rows.map(({ number, unparsed }) => ({ number, unparsed })),
  )

  let text = ''
  const request = { partitions: [], format: 'json', sessionId: null } as const
  for await (const chunk of await streamRecords(mira, ref, request)) text += chunk
  const streamed = text.split('\n').slice(0, -1)
  expect(streamed.map((line) => new Map(Object.entries(JSON.parse(line))))).toEqual(expected)

  const connection = await database().connection.findFirstOrThrow({ where: { name: LAKE } })
  const store = openConnection(issuePermit({ actor: 'user:1', action: 'test', signal: NEVER }), connection)
  expect(await createRecordCounter(store, definition, NEVER)(`/${name}`)).toEqual({
    records: preview.rows.length,
    isWhole: true,
    isDeclared: kind === 'parquet' || kind === 'nested',
  })
})

test('a count tells that a quote which is never closed swallowed records', async () => {
  await scene.put('open/a.csv', `id,name\n1,"open\n${'2,x\n'.repeat(1_000)}`)
  const connection = await database().connection.findFirstOrThrow({ where: { name: LAKE } })
  const store = openConnection(issuePermit({ actor: 'user:1', action: 'test', signal: NEVER }), connection)
  const csv = { formatType: 'csv', formatParams: {} }
  const lenient = definitionOver('/open/', { ...csv, unreadableFiles: 'warn' })
  expect(await createRecordCounter(store, lenient, NEVER)('/a.csv')).toEqual({
    records: 1,
    isWhole: false,
    isDeclared: false,
  })
  const strict = definitionOver('/open/', csv)
  expect((await failureOf(createRecordCounter(store, strict, NEVER)('/a.csv'))).details.reason).toBe(
    'ERR_DATASET_CSV_UNTERMINATED_QUOTE',
  )
})

test('content that is no text is named, and never becomes records', async () => {
  const { mira } = scene
  await scene.put('binary/a.log', 'one\n')
  await scene.put('binary/b.parquet', parquetFixture('kinds'))
  const connection = await database().connection.findFirstOrThrow({ where: { name: LAKE } })
  const store = openConnection(issuePermit({ actor: 'user:1', action: 'test', signal: NEVER }), connection)
  const strict = definitionOver('/binary/')
  const failing = await addDataset(mira, 'binary', strict)
  const fault = { message: 'This looks like Parquet', details: { reason: 'looks-like-binary' } }
  expect(await failureOf(readSample(mira, failing, { records: 10 }))).toMatchObject(fault)
  expect(await failureOf(createRecordCounter(store, strict, NEVER)('/b.parquet'))).toMatchObject(fault)
  const streamed = async (name: string) => {
    let text = ''
    const request = { partitions: [], format: 'json', sessionId: null } as const
    for await (const chunk of await streamRecords(mira, { ...failing, name }, request)) text += chunk
    return text
  }
  expect(await failureOf(streamed('binary'))).toMatchObject(fault)

  const lenient = definitionOver('/binary/', { unreadableFiles: 'warn' })
  const warning = await addDataset(mira, 'binary-warn', lenient)
  const sample = await readSample(mira, warning, { records: 10 })
  expect(sample.rows.map(({ cells }) => cells)).toEqual([['one']])
  expect(sample.problems).toMatchObject([{ reason: 'looks-like-binary', message: 'This looks like Parquet' }])
  expect(await streamed('binary-warn')).toBe('{"line":"one"}\n')
  expect(await createRecordCounter(store, lenient, NEVER)('/b.parquet')).toEqual({
    records: 0,
    isWhole: false,
    isDeclared: false,
  })

  const request = { partition: null, metricIds: [...METRIC_IDS] }
  const { values } = await computeMetrics(mira, warning, request, () => {})
  const unread = (found: readonly MetricValue[]) =>
    Object.fromEntries(found.map(({ metric, value, unreadFiles }) => [metric, [value, unreadFiles]]))
  expect(unread(values)).toMatchObject({ 'records:COUNT_RECORDS': [1, 1], 'basic:COUNT_FILES': [2, 0] })
  expect(unread((await getMetrics(mira, warning)).whole)).toEqual(unread(values))
  const { metrics } = await getDssMetrics(mira, warning, 'NP')
  expect(metrics.find(({ metric }) => metric.id === 'records:COUNT_RECORDS')?.lastValues).toMatchObject([
    { value: '1', unreadFiles: 1, warning: '1 file was left out or not read to its end.' },
  ])
})

test('a count of Parquet says that it is of the footers, whose pages a stream may find damaged', async () => {
  const { mira } = scene
  const bytes = Buffer.from(parquetFixture('rows-snappy'))
  bytes.fill(0xff, 20, 200)
  await scene.put('damaged/a.parquet', bytes)
  const ref = await addDataset(
    mira,
    'damaged',
    definitionOver('/damaged/', { formatType: 'parquet', formatParams: {} }),
  )
  const request = { partition: null, metricIds: [...METRIC_IDS] }
  const { values } = await computeMetrics(mira, ref, request, () => {})
  const declared = (found: readonly MetricValue[]) =>
    found.flatMap(({ metric, declaredFiles }) => (declaredFiles > 0 ? [[metric, declaredFiles]] : []))
  expect(declared(values)).toEqual([['records:COUNT_RECORDS', 1]])
  expect(declared((await getMetrics(mira, ref)).whole)).toEqual(declared(values))
  const { metrics } = await getDssMetrics(mira, ref, 'NP')
  expect(metrics.find(({ metric }) => metric.id === 'records:COUNT_RECORDS')?.lastValues).toMatchObject([
    {
      declaredFiles: 1,
      note: '1 Parquet file says in the footer how many records there are; it was not read for that.',
    },
  ])
  const streamed = streamRecords(mira, ref, { partitions: [], format: 'json', sessionId: null })
  await expect(streamed.then(gather)).rejects.toMatchObject({
    details: { where: expect.stringContaining('a.parquet') },
  })
})

/** What a record has, by column: null where the file says so, nothing where it says nothing. */
const valuesOf = (columns: string[], cells: (string | null)[], absent: number[] = []) =>
  new Map(
    columns.flatMap((column, place) =>
      absent.includes(place) || place >= cells.length ? [] : [[column, cells[place] ?? null] as const],
    ),
  )
