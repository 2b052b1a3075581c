import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { metricsRequest } from '#lib/domain/datasets/metrics'
import { sampleRequest } from '#lib/domain/datasets/sample-wire'
import { schemaReport } from '#lib/domain/datasets/schema-report'
import { csvFormatSchema } from '#lib/domain/formats/csv'
import { database } from '../../platform/db/client'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
  messagesOf,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { getMetrics } from '../metrics/metrics'
import { computeMetrics } from '../metrics/metrics-compute'
import { readSample } from '../sampling/read-sample'
import { finishStreaming } from '../streaming/read-sessions'
import { streamRecords } from '../streaming/stream-records'
import { previewFiles } from './preview'
import { readSchema } from './read-schema'

let drop: () => Promise<void>
let scene: DatasetScene

const CSV = csvFormatSchema.parse({ type: 'csv', params: {} }).params

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  const { put } = scene
  for (const day of Array.from({ length: 20 }, (_, index) => String(index + 1).padStart(2, '0')))
    await put(`days/2026/11/${day}/a.log`, `day ${day}\n`)
  await put('days/2026/11/20/empty.log', '')
  await put(
    'csv/1.csv',
    'id,zip,phone,at,took,big\n1,00710,+4915112345678,2026-02-19T15:05:02.441+0100,12,9007199254740993\n',
  )
  await put(
    'csv/2.csv',
    'id,zip,phone,at,took,big,region\n2,10115,+49301234,2026-02-19T14:05:02Z,n/a,1,eu\n3,,,,7,1,\n',
  )
  await put(
    'csv/3.csv.gz',
    gzipSync('id,zip,phone,at,took,big,region,__proto__\n4,1,+1,2026-02-19T14:05:02Z,8,1,eu,x\n'),
  )
  for (let n = 1; n <= 40; n++)
    await put(
      `drift/${String(n).padStart(2, '0')}.csv`,
      n === 25 ? 'id,name,rare\n1,a,b\n' : 'id,name\n1,a\n',
    )
  await put('drift/40.csv', 'id,name,newest\n1,a,b\n')
  await put('headless/1.csv', '7,Meyer,12.50\n8,Ott,1.00\n')
  for (const n of [2, 3, 4]) await put(`headless/${n}.csv`, 'id,name,amount\n1,Ada,2.00\n')
  await put('mixed/a.log', 'one\ntwo\n')
  await put('mixed/b.log.gz', gzipSync('three\n'.repeat(5_000)).subarray(0, 20))
  await put('mixed/c.png', PNG)
  await put('mixed/d.log', Array.from({ length: 1_500 }, (_, index) => `${index}\n`).join(''))
})
afterAll(() => drop())

const read = (definition: DatasetDefinition, infer = false, ctx = scene.mira) =>
  readSchema(ctx, { definition, infer })

describe('the schema of files', () => {
  test('is read from eight of different ages, a thousand records each', async () => {
    const report = await read(definitionOver('/days/'))
    const paths = report.files.map(({ path }) => path)
    expect(paths).toHaveLength(8)
    expect(paths[0]).toBe('/2026/11/01/a.log')
    expect(paths.at(-1)).toBe('/2026/11/20/a.log')
    expect(report).toMatchObject({ records: 8, problems: [], endedBy: null, emptyBecause: null })
    expect(report.columns).toMatchObject([
      { name: 'line', type: 'string', present: 8, firstSeen: { path: '/2026/11/01/a.log' }, longestChars: 6 },
    ])
    expect(schemaReport.safeParse(report).success).toBe(true)
  })

  test('has the columns of the previewed file, and of files that are asked for', async () => {
    const definition = definitionOver('/drift/', { formatType: 'csv', formatParams: CSV })
    const namesOf = ({ columns }: { columns: { name: string }[] }) => columns.map(({ name }) => name)
    expect(await previewFiles(scene.mira, { definition, records: 10 })).toMatchObject({ usedPath: '/40.csv' })
    const report = await read(definition)
    expect(report.files).toHaveLength(8)
    expect(namesOf(report)).toEqual(['id', 'name', 'newest'])
    const files = ['/25.csv', '/gone.csv']
    const asked = await readSchema(scene.mira, { definition, infer: false, files })
    expect(asked.files.map(({ path }) => path)).toEqual(expect.arrayContaining(['/25.csv', '/40.csv']))
    expect(namesOf(asked)).toEqual(['id', 'name', 'rare', 'newest'])
    expect(asked.columns[2]).toMatchObject({ present: 1, firstSeen: { path: '/25.csv' } })
    const excludeRules = [{ mode: 'GLOB' as const, matchingMode: 'FULL_PATH' as const, expr: '/25.csv' }]
    const filesSelectionRules = {
      mode: 'RULES_ALL_BUT_EXCLUDED' as const,
      includeRules: [],
      excludeRules,
      explicitFiles: [],
    }
    const without = { ...definition, params: { ...definition.params, filesSelectionRules } }
    const left = await readSchema(scene.mira, { definition: without, infer: false, files })
    expect(namesOf(left)).toEqual(['id', 'name', 'newest'])
  })

  test('names a file without a header, and has no columns of its values', async () => {
    const definition = definitionOver('/headless/', { formatType: 'csv', formatParams: CSV })
    const report = await read(definition)
    expect(report.columns.map(({ name }) => name)).toEqual(['id', 'name', 'amount'])
    expect(report.headerless).toEqual([{ path: '/1.csv', columns: 3 }])
  })

  test('counts what does not keep to it, and lists what cannot be read among what can', async () => {
    const definition = definitionOver('/mixed/', {
      schema: { columns: [{ name: 'n', source: 'line', type: 'int', maxLength: 3 }], userModified: true },
    })
    const report = await read(definition, true)
    expect(report.files).toMatchObject([
      { path: '/a.log', records: 2 },
      { path: '/d.log', records: 1_000 },
    ])
    const reasons = report.problems.map(({ path, reason }) => `${path} ${reason}`)
    expect(reasons).toEqual(
      expect.arrayContaining([
        '/c.png looks-like-binary',
        expect.stringMatching(/^\/b\.log\.gz ERR_DATASET_TRUNCATED_COMPRESSED_DATA/),
      ]),
    )
    const first = { path: '/a.log', record: 1, excerpt: 'one' }
    expect(report.checks).toEqual([
      { column: 0, misfits: { count: 2, first }, otherMeaning: null, tooLong: null },
    ])
    // The line itself stays a text even where types are asked for.
    expect(report.columns[0]).toMatchObject({ name: 'line', inferred: 'string', against: [] })
  })

  test('unites the columns of old and new files, and says what spoke against narrower types', async () => {
    const formatParams = { ...CSV, parseHeaderRow: true }
    const report = await read(definitionOver('/csv/', { formatType: 'csv', formatParams }), true)
    expect(report.problems).toEqual([])
    const found = report.columns.map(({ name, inferred, present, empty, firstSeen }) => [
      name,
      inferred,
      `${present - empty} of ${present}`,
      firstSeen.path,
    ])
    expect(found).toEqual([
      ['id', 'int', '4 of 4', '/1.csv'],
      ['zip', 'string', '3 of 4', '/1.csv'],
      ['phone', 'string', '3 of 4', '/1.csv'],
      ['at', 'date', '3 of 4', '/1.csv'],
      ['took', 'string', '4 of 4', '/1.csv'],
      ['big', 'bigint', '4 of 4', '/1.csv'],
      ['region', 'string', '2 of 3', '/2.csv'],
      ['__proto__', 'string', '1 of 1', '/3.csv.gz'],
    ])
    expect(report.columns.find(({ name }) => name === 'took')?.against[0]).toEqual({
      type: 'int',
      fits: 3,
      misfits: 1,
      altered: 0,
      path: '/2.csv',
      record: 1,
      excerpt: 'n/a',
    })
    const plain = await read(definitionOver('/csv/', { formatType: 'csv', formatParams }))
    expect(
      plain.columns.every(({ inferred, against }) => inferred === 'string' && against.length === 0),
    ).toBe(true)
  })

  test('reads only files that the rules take and the pattern knows', async () => {
    const base = definitionOver('/mixed/')
    const rule = { mode: 'GLOB' as const, matchingMode: 'FILENAME' as const, expr: 'a.*' }
    const rules = {
      mode: 'RULES_INCLUDED_ONLY' as const,
      includeRules: [rule],
      excludeRules: [],
      explicitFiles: [],
    }
    const some = await read({ ...base, params: { ...base.params, filesSelectionRules: rules } })
    expect(some.files.map(({ path }) => path)).toEqual(['/a.log'])
    const named = { ...rules, mode: 'EXPLICIT_SELECT_FILES' as const, explicitFiles: ['/d.log', '/gone.log'] }
    const chosen = await read({ ...base, params: { ...base.params, filesSelectionRules: named } })
    expect(chosen.files.map(({ path }) => path)).toEqual(['/d.log'])
    const none = await read({
      ...base,
      partitioning: {
        dimensions: [{ name: 'date', type: 'time', params: { period: 'DAY' } }],
        filePathPattern: '/%Y/%M/%D/.*',
      },
    })
    expect(none).toMatchObject({ files: [], columns: [], emptyBecause: expect.stringContaining('pattern') })
  })

  test('is told before anything is read, and changes nothing', async () => {
    const before = await database().dataset.count()
    await read(definitionOver('/mixed/'), true)
    const [event] = (await messagesOf(scene.spaceId, 'dataset-detect-schema', LAKE)).slice(-1)
    expect(event).toMatchObject({ authUser: 'mira', path: '/mixed/', outcome: 'success' })
    expect(await database().dataset.count()).toBe(before)
  })

  test('is refused with what is missing, and leaves everything as it was', async () => {
    const definition = definitionOver('/mixed/')
    const tables = () =>
      Promise.all([database().dataset.count(), database().datasetDraft.count(), database().job.count()])
    const before = await tables()
    expect((await failureOf(read(definition, false, scene.auditor))).kind).toBe('forbidden')
    expect((await failureOf(read(definition, false, scene.stranger))).kind).toBe('not_found')
    expect(
      (await messagesOf(scene.spaceId, 'dataset-detect-schema', LAKE)).filter(
        ({ outcome }) => outcome === 'denied',
      ),
    ).toHaveLength(1)
    expect(await tables()).toEqual(before)
    const nowhere = await failureOf(read(definitionOver('/nowhere/')))
    expect(nowhere.details.reason).toBe('ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST')
    const wrong = await failureOf(read({ ...definition, formatType: 'xml' }))
    expect(wrong.details.reason).toBe('ERR_DATASET_INVALID_FORMAT_CONFIG')
    expect((await failureOf(read(definitionOver('/../')))).details.reason).toBe('ERR_FSPROVIDER_ILLEGAL_PATH')
  })
})

describe('what the schema does not hold', () => {
  const definition = () =>
    definitionOver('/drift/', {
      formatType: 'csv',
      formatParams: CSV,
      schema: { columns: [{ name: 'id', type: 'string' }], userModified: false },
    })
  const OUTSIDE = {
    columns: [
      { name: 'name', type: 'string', values: 40 },
      { name: 'newest', type: 'string', values: 1 },
      { name: 'rare', type: 'string', values: 1 },
    ],
    more: 0,
    values: 42,
  }

  test('is counted in samples, in streams and with metrics', async () => {
    const ref = await addDataset(scene.mira, 'drift', definition())
    expect((await readSample(scene.mira, ref, sampleRequest.parse({}))).outside).toEqual(OUTSIDE)
    const request = { partitions: [], format: 'tsv-excel-header' as const, sessionId: 'a-stream' }
    for await (const _ of await streamRecords(scene.mira, ref, request));
    const finished = await finishStreaming(scene.mira, ref, 'a-stream')
    expect(finished.outside).toEqual(OUTSIDE)
    const metrics = metricsRequest.parse({})
    const computed = await computeMetrics(scene.mira, ref, metrics, () => undefined)
    expect(computed.outside).toEqual(OUTSIDE)
    expect((await getMetrics(scene.mira, ref)).outside).toEqual(OUTSIDE)
  })

  test('is a fault where a first row was read as names', async () => {
    const schema = {
      columns: ['id', 'name', 'amount'].map((name) => ({ name, type: 'string' })),
      userModified: false,
    }
    const ref = await addDataset(
      scene.mira,
      'headless',
      definitionOver('/headless/', { formatType: 'csv', formatParams: CSV, schema }),
    )
    const sampled = await readSample(scene.mira, ref, sampleRequest.parse({}))
    expect(sampled).toMatchObject({
      outside: { columns: [], values: 0 },
      problems: [
        {
          path: expect.stringContaining('1.csv'),
          reason: 'first-row-read-as-names',
          excerpt: '7, Meyer, 12.50',
        },
      ],
    })
  })
})
