import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../access/caller'
import { freshDatabase } from '../../testing/database'
import {
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
  messagesOf,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { cutGzip, numberedLines, putLogFolder } from '../../testing/log-folder'
import { previewFiles } from '../detection/preview'
import { browseFolder } from './browse'
import { listFiles } from './list-files'
import { listPartitions } from './list-partitions'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context

const ODD = ['a b+c.log', '100%25.log', 'ünïcødé-日本.log', 'line\u2028break.log', '‮evil.log', '&<>".log']

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  const { put } = scene
  for (const name of ODD) await put(`odd/${name}`, `${name}\n`)
  await put('odd//double.log', 'double\n')
  await putLogFolder(put)
  await put('broken/cut.log.gz', cutGzip())
  await put('named/plain.log.gz', numberedLines(2))
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
        path: '/cut.log.gz',
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
