import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../access/caller'
import { freshDatabase } from '../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  messagesOf,
  PROJECT,
} from '../testing/dataset-scene'
import { failureOf } from '../testing/failure-of'
import { cutGzip, numberedLines, putLogFolder } from '../testing/log-folder'
import { readParquet } from '../testing/read-parquet'
import { listDatasetPartitions } from './listing/list-partitions'
import { listPartitionFiles } from './listing/partition-files'
import { exportSample, readSample } from './sampling/read-sample'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  await putLogFolder(scene.put)
  await scene.put('broken/cut.log.gz', cutGzip())
  await scene.put('broken/fine.log', numberedLines(3))
})
afterAll(() => drop())

test('a dataset gives a sample spread over its partitions, with the place of each record', async () => {
  const definition = definitionOver('/logs/', { partitioning: BY_NODE_AND_DAY })
  const ref = await addDataset(mira, 'logs', definition)
  await listDatasetPartitions(mira, ref, () => {})
  const sample = await readSample(mira, ref, { records: 60 })
  expect(sample).toMatchObject({ partitionsTotal: 6, endedBy: null, emptyBecause: null, problems: [] })
  expect(sample.rows).toHaveLength(60)
  expect([...sample.partitions].sort()).toEqual([
    'api|2026-11-20',
    'api|2026-11-21',
    'api|2026-11-22',
    'design|2026-11-20',
    'design|2026-11-21',
    'design|2026-11-22',
  ])
  for (const row of sample.rows) {
    const { path, partition } = sample.files[row.file] ?? { path: '', partition: '' }
    const [node, date] = partition.split('|')
    expect(path.startsWith(`/${node}/${date?.replaceAll('-', '/')}/`)).toBe(true)
    expect(row.cells[0]).toMatch(new RegExp(`^${node} ${date?.slice(-2)} [ab] ${row.number - 1}$`))
  }
})

test('a dataset gives of chosen partitions all there is, and no other', async () => {
  const ref = { projectKey: PROJECT, name: 'logs' }
  const sample = await readSample(mira, ref, { records: 1_000, partitions: 'api|2026-11-21/2026-11-22' })
  expect(sample.mode).toBe('chosen-partitions')
  expect(sample.rows).toHaveLength(120)
  expect(sample.partitions).toEqual(['api|2026-11-22', 'api|2026-11-21'])
  expect(await failureOf(readSample(mira, ref, { records: 10, partitions: 'api|2026-10-01' }))).toMatchObject(
    {
      kind: 'not_found',
      details: { reason: 'ERR_DATASET_PARTITION_EMPTY', where: 'api|2026-10-01' },
    },
  )
  expect(await failureOf(readSample(mira, ref, { records: 10, partitions: 'api|2026-13-01' }))).toMatchObject(
    {
      kind: 'validation_failed',
      details: { reason: 'invalid-range-specification', where: 'api|2026-13-01' },
    },
  )
})

test('a dataset lists the files of one partition, and refuses what is none', async () => {
  const ref = { projectKey: PROJECT, name: 'logs' }
  const page = await listPartitionFiles(mira, ref, { partition: 'design|2026-11-22' })
  expect(page.next).toBe(null)
  expect(page.files.map((file) => file.path)).toEqual([
    '/design/2026/11/22/a.log.gz',
    '/design/2026/11/22/b.log',
  ])
  expect(await listPartitionFiles(mira, ref, { partition: 'design|2026-10-01' })).toEqual({
    files: [],
    next: null,
  })
  for (const partition of ['design', 'design|2026-02-30', 'ALL', '|2026-11-22'])
    expect((await failureOf(listPartitionFiles(mira, ref, { partition }))).details.reason).toBe(
      'invalid-partition',
    )
  const after = '["/design/2026/11/22/","/../../"]'
  const crafted = await listPartitionFiles(mira, ref, { partition: 'design|2026-11-22', after }).catch(
    (error: unknown) => error,
  )
  expect(JSON.stringify(crafted)).not.toContain('api/2026')
  // A page that began in a folder goes on where it was, though no folder is entered any more for there are too many.
  const before = '["/design/2026/11/22/folder/","/logs/design/2026/11/22/a.log.gz"]'
  const further = await listPartitionFiles(mira, ref, { partition: 'design|2026-11-22', after: before })
  expect(further.files.map((file) => file.path)).toEqual(['/design/2026/11/22/b.log'])
  expect(
    (await failureOf(listPartitionFiles(mira, ref, { partition: 'api|2026-11-22', after: '?' }))).details,
  ).toMatchObject({ reason: 'invalid-cursor' })
  expect((await failureOf(listPartitionFiles(scene.stranger, ref, { partition: 'NP' }))).kind).toBe(
    'not_found',
  )
})

test('a dataset goes on through pages of many files', async () => {
  for (let n = 0; n < 205; n++) await scene.put(`many/x/${String(n).padStart(4, '0')}.log`, 'x\n')
  const partitioning = {
    dimensions: [{ name: 'kind', type: 'value' as const }],
    filePathPattern: '/%{kind}/.*',
  }
  const ref = await addDataset(mira, 'many', definitionOver('/many/', { partitioning }))
  const first = await listPartitionFiles(mira, ref, { partition: 'x' })
  expect(first.files).toHaveLength(200)
  const second = await listPartitionFiles(mira, ref, { partition: 'x', after: first.next ?? '' })
  expect(second.files.map((file) => file.path)).toEqual([
    '/x/0200.log',
    '/x/0201.log',
    '/x/0202.log',
    '/x/0203.log',
    '/x/0204.log',
  ])
  expect(second.next).toBe(null)
})

test('a dataset fails at an unreadable file, or leaves it out and counts it, as its settings say', async () => {
  const failing = await addDataset(mira, 'strict', definitionOver('/broken/'))
  expect(await failureOf(readSample(mira, failing, { records: 10_000 }))).toMatchObject({
    details: { reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA', where: '/broken/cut.log.gz' },
  })
  const lenient = await addDataset(mira, 'lenient', definitionOver('/broken/', { unreadableFiles: 'warn' }))
  const sample = await readSample(mira, lenient, { records: 10_000 })
  expect(sample.problems).toMatchObject([{ reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA' }])
  expect(sample.rows.filter((row) => row.cells[0]?.startsWith('line'))).toHaveLength(3)
})

test('a dataset is exported as CSV, JSON and Parquet with its event, formulas defused in CSV', async () => {
  await scene.put('formulas/a.log', '=1+1\n"quoted", text\n+49 30\nplain\n')
  const ref = await addDataset(mira, 'formulas', definitionOver('/formulas/'))
  const csv = await exportSample(mira, ref, { records: 10, format: 'csv' })
  expect(csv).toMatchObject({ name: 'formulas-sample.csv', contentType: 'text/csv; charset=utf-8' })
  expect([...csv.chunks].join('')).toBe(
    [
      'line,_partition,_file,_record,_characters',
      "'=1+1,NP,/a.log,1,",
      '"""quoted"", text",NP,/a.log,2,',
      "'+49 30,NP,/a.log,3,",
      'plain,NP,/a.log,4,',
      '',
    ].join('\r\n'),
  )
  const json = await exportSample(mira, ref, { records: 2, format: 'json' })
  expect(JSON.parse([...json.chunks].join(''))).toMatchObject([
    { line: '=1+1', _file: '/a.log', _record: 1 },
    { line: '"quoted", text', _record: 2 },
  ])
  const parquet = await exportSample(mira, ref, { records: 10, format: 'parquet' })
  expect(parquet).toMatchObject({
    name: 'formulas-sample.parquet',
    contentType: 'application/vnd.apache.parquet',
  })
  const { cells } = await readParquet(Buffer.concat([...parquet.chunks].map((chunk) => Buffer.from(chunk))))
  expect(cells.slice(0, 2)).toEqual([
    ['=1+1', 'NP', '/a.log', '1', null],
    ['"quoted", text', 'NP', '/a.log', '2', null],
  ])
  expect((await messagesOf(scene.spaceId, 'dataset-export', 'AUDIT.formulas'))[0]).toMatchObject({
    authUser: 'mira',
    format: 'csv',
    records: 10,
  })
  expect((await failureOf(exportSample(scene.stranger, ref, { records: 1, format: 'csv' }))).kind).toBe(
    'not_found',
  )
})
