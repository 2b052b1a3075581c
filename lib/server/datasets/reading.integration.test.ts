import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../access/caller'
import { failureOf } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
  messagesOf,
  PROJECT,
} from '../testing/dataset-scene'
import { readParquet } from '../testing/read-parquet'
import { browseFolder } from './browse'
import { listFiles } from './list-files'
import { listDatasetPartitions, listPartitions } from './list-partitions'
import { listPartitionFiles } from './partition-files'
import { previewFiles } from './preview'
import { exportSample, readSample } from './read-sample'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context

const ODD = ['a b+c.log', '100%25.log', 'ünïcødé-日本.log', 'line\u2028break.log', '‮evil.log', '&<>".log']
const lines = (count: number, text = 'line') =>
  Array.from({ length: count }, (_, n) => `${text} ${n}\n`).join('')

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  const { put } = scene
  for (const name of ODD) await put(`odd/${name}`, `${name}\n`)
  await put('odd//double.log', 'double\n')
  for (const day of ['20', '21', '22'])
    for (const node of ['design', 'api']) {
      await put(`logs/${node}/2026/11/${day}/a.log.gz`, gzipSync(lines(30, `${node} ${day} a`)))
      await put(`logs/${node}/2026/11/${day}/b.log`, lines(30, `${node} ${day} b`))
    }
  await put('logs/README.txt', 'not of the pattern\n')
  await put('logs/design/2026/02/30/x.log', 'no such day\n')
  await put('logs/empty/', '')
  const whole = gzipSync(randomBytes(40_000).toString('hex'))
  await put('broken/cut.log.gz', whole.subarray(0, 20_000))
  await put('broken/fine.log', lines(3))
  await put('named/plain.log.gz', lines(2))
  await put('members/two.log.gz', Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]))
  await put('long/long.log', `short\n${'x'.repeat(500)}\nshort\n`)
})
afterAll(() => drop())

const preview = (path: string, change: Partial<Parameters<typeof previewFiles>[1]> = {}) =>
  previewFiles(mira, { definition: definitionOver(path), records: 100, ...change })

describe('browse', () => {
  test('shows any key as it is, a page at a time, and tells that it was looked at', async () => {
    const page = await browseFolder(mira, { connection: LAKE, bucket: null, path: '/odd' })
    const names = page.files.map((file) => file.path.slice('/odd/'.length))
    expect(names.sort()).toEqual([...ODD].sort())
    expect(page.folders).toEqual(['/odd//'])
    const [event] = (await messagesOf(scene.spaceId, 'fsprovider-browse', LAKE)).slice(-1)
    expect(event).toMatchObject({ authUser: 'mira', path: '/odd/' })
  })

  test('a path that is not there is no empty folder, and .. leads nowhere', async () => {
    const at = (path: string) => failureOf(browseFolder(mira, { connection: LAKE, bucket: null, path }))
    expect(await at('/nowhere/')).toMatchObject({
      kind: 'not_found',
      details: { reason: 'ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST', where: '/nowhere/' },
    })
    expect((await at('/odd/../../')).details.reason).toBe('ERR_FSPROVIDER_ILLEGAL_PATH')
  })

  test('needs the use of the connection; of another space it does not exist', async () => {
    const request = { connection: LAKE, bucket: null, path: '/' }
    expect((await failureOf(browseFolder(scene.auditor, request))).kind).toBe('forbidden')
    expect((await failureOf(browseFolder(scene.stranger, request))).kind).toBe('not_found')
  })
})

describe('preview', () => {
  test('reads gzip by content, whatever the name says', async () => {
    expect(await preview('/named/')).toMatchObject({
      usedPath: '/plain.log.gz',
      compression: 'none',
      records: 2,
    })
    const two = await preview('/members/')
    expect(two.rows.map((row) => row.cells[0])).toEqual(['one', 'two'])
  })

  test('a gzip file cut short names the file and the offset', async () => {
    const shown = await preview('/broken/', { file: '/cut.log.gz' })
    expect(shown.truncatedBy).toBe('failure')
    expect(shown.problems).toContainEqual(
      expect.objectContaining({
        reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA',
        path: '/broken/cut.log.gz',
        offset: expect.any(Number),
      }),
    )
  })

  test('a line over the maximum is named, with its record', async () => {
    const definition = definitionOver('/long/', {
      formatParams: { charset: 'utf8', compress: '', maxLineChars: 100 },
    })
    const shown = await preview('/long/', { definition })
    expect(shown.problems).toContainEqual(expect.objectContaining({ reason: 'ERR_FORMAT_LINE_TOO_LARGE' }))
  })

  test('is refused with what is missing', async () => {
    const request = { definition: definitionOver('/named/'), records: 10 }
    expect((await failureOf(previewFiles(scene.auditor, request))).kind).toBe('forbidden')
    expect((await failureOf(previewFiles(scene.stranger, request))).kind).toBe('not_found')
    expect((await failureOf(preview('/../'))).details.reason).toBe('ERR_FSPROVIDER_ILLEGAL_PATH')
    expect((await failureOf(preview('/nowhere/'))).details.reason).toBe(
      'ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST',
    )
  })
})

describe('listings', () => {
  test('List files says what was left out and why', async () => {
    const rules = { mode: 'RULES_ALL_BUT_EXCLUDED' as const, includeRules: [], explicitFiles: [] }
    const glob = { mode: 'GLOB' as const, matchingMode: 'FILENAME' as const, expr: '*.txt' }
    const base = definitionOver('/logs/')
    const definition = {
      ...base,
      params: { ...base.params, filesSelectionRules: { ...rules, excludeRules: [glob] } },
    }
    const seen: number[] = []
    const report = await listFiles(mira, { definition }, ({ listed }) => seen.push(listed))
    expect(report).toMatchObject({
      complete: true,
      listed: 15,
      kept: 13,
      excluded: { rule: 1, folderMarker: 1, archived: 0 },
    })
    expect(seen.at(-1)).toBe(15)
    expect((await messagesOf(scene.spaceId, 'dataset-list-files', LAKE)).at(-1)).toMatchObject({
      authUser: 'mira',
    })
  })

  test('List partitions accounts for every object', async () => {
    const definition = definitionOver('/logs/', { partitioning: BY_NODE_AND_DAY })
    const { ledger, complete } = await listPartitions(mira, { definition }, () => {})
    expect(complete).toBe(true)
    expect(ledger).toMatchObject({
      listed: 15,
      matched: 12,
      unmatched: 2,
      excluded: { folderMarker: 1 },
    })
    expect(ledger.partitions.map((partition) => [partition.id, partition.files])).toEqual([
      ['api|2026-11-20', 2],
      ['api|2026-11-21', 2],
      ['api|2026-11-22', 2],
      ['design|2026-11-20', 2],
      ['design|2026-11-21', 2],
      ['design|2026-11-22', 2],
    ])
    expect(ledger.unmatchedGroups.map((group) => [group.reason, group.examples])).toEqual(
      expect.arrayContaining([
        ['impossible-date', ['/design/2026/02/30/x.log']],
        ['no-match', ['/README.txt']],
      ]),
    )
  })

  test('a budget ends a listing and it says so', async () => {
    const definition = definitionOver('/logs/', { partitioning: BY_NODE_AND_DAY })
    const report = await listPartitions(mira, { definition, scanBudget: 5 }, () => {})
    expect(report).toMatchObject({ complete: false, ledger: { listed: 5 } })
  })

  test('without the use of the connection nothing is listed', async () => {
    const definition = definitionOver('/logs/')
    expect((await failureOf(listFiles(scene.auditor, { definition }, () => {}))).kind).toBe('forbidden')
    expect((await failureOf(listPartitions(scene.stranger, { definition }, () => {}))).kind).toBe('not_found')
  })
})

describe('a dataset', () => {
  test('gives a sample spread over its partitions, with the place of each record', async () => {
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

  test('gives of chosen partitions all there is, and no other', async () => {
    const ref = { projectKey: PROJECT, name: 'logs' }
    const sample = await readSample(mira, ref, { records: 1_000, partitions: 'api|2026-11-21/2026-11-22' })
    expect(sample.mode).toBe('chosen-partitions')
    expect(sample.rows).toHaveLength(120)
    expect(sample.partitions).toEqual(['api|2026-11-22', 'api|2026-11-21'])
    expect(
      await failureOf(readSample(mira, ref, { records: 10, partitions: 'api|2026-10-01' })),
    ).toMatchObject({
      kind: 'not_found',
      details: { reason: 'ERR_DATASET_PARTITION_EMPTY', where: 'api|2026-10-01' },
    })
    expect(
      await failureOf(readSample(mira, ref, { records: 10, partitions: 'api|2026-13-01' })),
    ).toMatchObject({
      kind: 'validation_failed',
      details: { reason: 'invalid-range-specification', where: 'Partitions' },
    })
  })

  test('lists the files of one partition, and refuses what is none', async () => {
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
    expect(
      (await failureOf(listPartitionFiles(mira, ref, { partition: 'api|2026-11-22', after: '?' }))).details,
    ).toMatchObject({ reason: 'invalid-cursor' })
    expect((await failureOf(listPartitionFiles(scene.stranger, ref, { partition: 'NP' }))).kind).toBe(
      'not_found',
    )
  })

  test('goes on through pages of many files', async () => {
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

  test('fails at an unreadable file, or leaves it out and counts it, as its settings say', async () => {
    const failing = await addDataset(mira, 'strict', definitionOver('/broken/'))
    expect(await failureOf(readSample(mira, failing, { records: 10_000 }))).toMatchObject({
      details: { reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA', where: '/broken/cut.log.gz' },
    })
    const lenient = await addDataset(mira, 'lenient', definitionOver('/broken/', { unreadableFiles: 'warn' }))
    const sample = await readSample(mira, lenient, { records: 10_000 })
    expect(sample.problems).toMatchObject([{ reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA' }])
    expect(sample.rows.filter((row) => row.cells[0]?.startsWith('line'))).toHaveLength(3)
  })

  test('is exported as CSV, JSON and Parquet with its event, formulas defused in CSV', async () => {
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
})
