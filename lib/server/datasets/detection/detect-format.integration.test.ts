import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { detectionSchema } from '#lib/domain/formats/detection'
import { database } from '../../platform/db/client'
import { buildParquetSchema } from '../../testing/build-parquet-schema'
import { buildZip } from '../../testing/build-zip'
import { freshDatabase } from '../../testing/database'
import {
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
  messagesOf,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { detectFiles } from './detect-format'
import { previewFiles } from './preview'

let drop: () => Promise<void>
let scene: DatasetScene

const rows = (count: number, text: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => `${text(number)}\n`).join('')
const trail = (count: number) =>
  JSON.stringify({
    Records: Array.from({ length: count }, (_, n) => ({
      eventVersion: '1.08',
      eventTime: '2026-11-22T10:00:00Z',
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      requestID: String(n),
    })),
  })
const access = (n: number) =>
  `203.0.113.9 - - [22/Nov/2026:10:00:${String(n % 60).padStart(2, '0')} +0100] "GET /${n} HTTP/1.1" 200 ${n} "-" "curl/8.5.0"`

/** Begins as gzip does, with a method that there is not. */
const DAMAGED = Buffer.from('1f8bff00000000000003abcdef0123456789', 'hex')

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  const { put } = scene
  for (const day of Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0')))
    await put(`trail/2026/11/${day}/t.json.gz`, gzipSync(trail(Number(day) * 20)))
  const digest = JSON.stringify({
    awsAccountId: '1',
    digestStartTime: '2026-11-22T09:00:00Z',
    logFiles: [{ s3Object: 'o' }],
  })
  for (const day of ['01', '02', '03', '04', '05', '06']) {
    await put(`both/AWSLogs/1/CloudTrail/2026/11/${day}/t.json.gz`, gzipSync(trail(40)))
    await put(`both/AWSLogs/1/CloudTrail-Digest/2026/11/${day}/d.json.gz`, gzipSync(digest))
  }
  const latin = Buffer.from(
    `Datum;Straße;Betrag\r\n${rows(40, (n) => `22.11.2026;Größe ${n} Übung;${n},50\r`)}`,
    'latin1',
  )
  for (const name of ['a', 'b', 'c']) await put(`latin/${name}.csv`, latin)
  await put('mixed/a.log', rows(50, access))
  await put('mixed/b.log', rows(3, access))
  await put('mixed/cut.log', gzipSync(rows(90, access)).subarray(0, 40))
  await put('mixed/noise.log', DAMAGED)
  await put('mixed/empty.log', '')
  const columnData = [
    { name: 'id', data: [1, 2] },
    { name: 'at', data: ['2026-11-22', '2026-11-23'] },
  ]
  await put('parquet/a.parquet', Buffer.from(parquetWriteBuffer({ columnData })))
  await put('wide/a.csv', Buffer.from('\ufeffid\tname\r\n1\tÅse\r\n2\tBo\r\n', 'utf16le'))
  await put('broken/a.gz', DAMAGED)
  const months = buildZip([
    { name: 'README.txt', data: Buffer.from('See the months.\n') },
    { name: '2026-10.csv', data: Buffer.from('id;sold\n1;12\n2;7\n') },
    { name: '2026-11.csv', data: Buffer.from('id;sold;shop\n3;5;north\n4;Zürich;south\n', 'latin1') },
  ])
  await put('archive/a.zip', months)
  const table = { name: 'sold.csv', data: Buffer.from('id;sold;shop\n3;5;north\n4;6;south\n') }
  const notes = { name: 'notes.log', data: Buffer.from(rows(90, access)) }
  await put('archives/1.zip', buildZip([table]))
  await put('archives/2.zip', buildZip([notes, table, { name: 'a.pdf', data: Buffer.from('%PDF-1.7') }]))
  await put('archives/3.zip', buildZip([notes, table]))
  await put('wrapped/1.zip', buildZip([table]))
  await put('wrapped/2.zip', buildZip([{ ...table, name: 'sold.txt' }]))
})
afterAll(() => drop())

const detect = (path: string, ctx = scene.mira) => detectFiles(ctx, { definition: definitionOver(path) })

describe('what files look like', () => {
  test('is judged by folder where folders divide them by content', async () => {
    const found = await detect('/both/')
    expect(found.candidates[0]).toMatchObject({ layout: 'CloudTrail' })
    expect(found.candidates[0]?.confidence).toBeGreaterThan(0.9)
    expect(found.beside).toMatchObject([{ folder: '/AWSLogs/1/CloudTrail-Digest/' }])
    expect((await detect('/trail/')).beside).toEqual([])
  })

  test('is told from files of different ages and sizes', async () => {
    const found = await detect('/trail/')
    expect(detectionSchema.safeParse(found).success).toBe(true)
    expect(found.candidates[0]).toMatchObject({
      format: { type: 'json', params: { rootPath: 'Records', charset: 'utf8', compress: '' } },
      layout: 'CloudTrail',
      lostBecause: null,
    })
    expect(found.files).toHaveLength(8)
    expect(found.files[0]?.path).toBe('/2026/11/01/t.json.gz')
    expect(found.files.at(-1)?.path).toBe('/2026/11/12/t.json.gz')
    expect(found.compression).toEqual({
      name: 'gzip',
      evidence: 'By the first bytes, all 8 files are gzip.',
    })
    expect(found.timestamps).toMatchObject([{ column: 'eventTime', layout: "yyyy-MM-dd'T'HH:mm:ssXXX" }])
    const [event] = (await messagesOf(scene.spaceId, 'dataset-detect-format', LAKE)).slice(-1)
    expect(event).toMatchObject({ authUser: 'mira', path: '/trail/', outcome: 'success' })
  })

  test('knows the charset, which is set in each candidate', async () => {
    const found = await detect('/latin/')
    expect(found.charset.name).toBe('windows-1252')
    expect(found.candidates[0]).toMatchObject({
      format: { type: 'csv', params: { separator: ';', charset: 'windows-1252', parseHeaderRow: true } },
      columns: ['Datum', 'Straße', 'Betrag'],
    })
    const wide = await detect('/wide/')
    expect(wide.charset.name).toBe('utf-16le')
    expect(wide.candidates[0]).toMatchObject({
      format: { params: { separator: '\t', charset: 'utf-16le' } },
      columns: ['id', 'name'],
    })
  })

  test('several files of an archive are looked at, those of its largest kind', async () => {
    const found = await detect('/archive/')
    expect(found.candidates[0]).toMatchObject({
      format: { type: 'csv', params: { separator: ';', charset: 'windows-1252', parseHeaderRow: true } },
      columns: ['id', 'sold', 'shop'],
    })
    expect(found.candidates[0]?.evidence.join(' ')).toMatch(
      /^1 archived file has 2 columns, 1 has 3\. Not all archived files have .* All 2 archived files begin/,
    )
    expect(found.files).toMatchObject([{ path: '/a.zip', compression: 'zip', problem: null, inside: 2 }])
  })

  test('which files of archives are read is chosen once for all of them', async () => {
    const found = await detect('/archives/')
    expect(found.candidates[0]).toMatchObject({
      format: { type: 'csv', params: { separator: ';', zipEntries: '*.csv' } },
      columns: ['id', 'sold', 'shop'],
    })
    expect(found.candidates[0]?.evidence).toContain('Of what lies in the archives, *.csv is read.')
    for (const { format } of found.candidates) expect(format.params).toMatchObject({ zipEntries: '*.csv' })
    const [best] = found.candidates
    const { type, params } = best?.format ?? { type: 'line', params: {} }
    for (const file of ['/1.zip', '/2.zip', '/3.zip']) {
      const definition = definitionOver('/archives/', { formatType: type, formatParams: params })
      const preview = await previewFiles(scene.mira, { definition, file, records: 10 })
      expect(preview.rows.map(({ cells }) => cells[0])).toEqual(['3', '4'])
    }
    const [wrapped] = (await detect('/wrapped/')).candidates
    expect(wrapped).toMatchObject({ format: { type: 'csv' }, confidence: expect.closeTo(0.97, 1) })
    expect(wrapped?.format.params).not.toHaveProperty('zipEntries')
  })

  test('an unreadable file among good ones is listed with its problem and spoils nothing', async () => {
    const found = await detect('/mixed/')
    expect(found.candidates[0]).toMatchObject({ format: { type: 'regexp' }, confidence: 0.97 })
    expect(found.timestamps).toMatchObject([{ layout: 'dd/MMM/yyyy:HH:mm:ss Z' }])
    const problems = found.files.map(({ path, problem }) => [path, problem])
    expect(problems).toContainEqual(['/a.log', null])
    expect(problems).toContainEqual(['/noise.log', 'The compressed data is damaged'])
    expect(problems).toContainEqual(['/cut.log', expect.stringContaining('cut short')])
    expect(found.files.some(({ path }) => path === '/empty.log')).toBe(false)
  })

  test('Parquet files of other columns are told by these, as tables are', async () => {
    for (const names of [
      ['id', 'at'],
      ['id', 'user'],
    ])
      await scene.put(`drift/${names.join('-')}.parquet`, buildParquetSchema(names))
    const [parquet] = (await detect('/drift/')).candidates
    expect(parquet).toMatchObject({
      evidence: [
        'All 2 files begin with PAR1, as Parquet does.',
        'Not all files have the same columns: at, user are in some of them only.',
      ],
    })
    const [alike] = (await detect('/parquet/')).candidates
    expect(alike?.evidence).toHaveLength(1)
  })

  test('Parquet is named; where nothing can be read there is no candidate', async () => {
    expect(await detect('/parquet/')).toMatchObject({
      candidates: [{ format: { type: 'parquet' }, columns: ['id', 'at'] }],
      files: [{ looksLike: 'Parquet', problem: null }],
    })
    expect(await detect('/broken/')).toMatchObject({
      candidates: [],
      files: [{ problem: 'The compressed data is damaged' }],
    })
  })

  test('is not told of nothing, nor of what is not there', async () => {
    expect((await failureOf(detect('/nowhere/'))).kind).toBe('not_found')
    expect((await failureOf(detect('/../'))).details.reason).toBe('ERR_FSPROVIDER_ILLEGAL_PATH')
  })

  test('is refused without the use of the connection, and changes nothing', async () => {
    const before = await counts()
    expect((await failureOf(detect('/trail/', scene.auditor))).kind).toBe('forbidden')
    expect((await failureOf(detect('/trail/', scene.stranger))).kind).toBe('not_found')
    expect(await counts()).toEqual(before)
    const events = await messagesOf(scene.spaceId, 'dataset-detect-format', LAKE)
    expect(events.at(-1)).toMatchObject({ outcome: 'denied' })
  })
})

const counts = async () => ({
  datasets: await database().dataset.count(),
  drafts: await database().datasetDraft.count(),
  connections: await database().connection.count(),
})
