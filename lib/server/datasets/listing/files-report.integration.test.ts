import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ALL_FILES, type FilesSelectionRules, type SelectionRule } from '#lib/domain/datasets/definition'
import { nameKind, ruleForKind } from '#lib/domain/datasets/file-kinds'
import { filesReport } from '#lib/domain/datasets/files-wire'
import type { Context } from '../../access/caller'
import { freshDatabase } from '../../testing/database'
import { addDataset, type DatasetScene, definitionOver, makeDatasetScene } from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { previewFiles } from '../detection/preview'
import { type FilesSoFar, listFiles } from './list-files'
import { tellDatasetScanCost, tellScanCost } from './tell-scan-cost'
import { mapConcurrently } from './walk-folders'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context
const MANY = 1_205

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  const { put } = scene
  for (const day of ['20', '21', '22'])
    for (const part of ['a', 'b'])
      await put(`mixed/2026/11/${day}/${part}.log.gz`, gzipSync(`${day} ${part}\n`))
  await put('mixed/2026/11/22/odd.gz', 'no gzip at all\n')
  await put(
    'mixed/table.parquet',
    Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(20), Buffer.from('PAR1')]),
  )
  await put('mixed/zzz/README', 'text\n')
  await put('mixed/zzz/empty.log.gz', '')
  await put('mixed/zzz/', '')
  // The last folder by name is not where the newest file is.
  await put('newest/2026/11/22/old.log', 'old\n')
  await put('newest/2025/old.log', 'older\n')
  await put('newest/notes.txt', 'one of its kind\n')
  await put('few/1.log', 'one\n')
  await put('few/2.log', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]))
  await put('few/3.log', 'three\n')
  await put('none/1.csv', 'id,name\n1,Ann\n')
  await put('none/2.csv', 'id,name\n')
  await put('none/3.csv', 'id,name')
  await put('no-events/1.json', '{"Records":[{"id":1},{"id":2}]}')
  await put('no-events/2.json', '{"Records":[]}')
  await put('trail/1/Trail/8.json', '{"Records":[{"id":1}]}\n')
  await put('trail/1/Trail/9.json', '{"Records":[{"id":2}]}\n')
  for (const name of ['8', '9']) await put(`trail/1/Trail-Digest/${name}.json`, '{"digest":"x"}\n')
  for (const day of ['20', '21', '22']) {
    await put(`parts/app/tables/${day}.dat`, Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(20)]))
    await put(`parts/app/texts/${day}.dat`, 'text\n')
  }
  const many = Array.from({ length: MANY }, (_, n) => `many/${n % 10}/${String(n).padStart(4, '0')}.log`)
  await mapConcurrently(many, (path) => put(path, 'x\n'))
  await put('newest/2026/11/21/late.log', 'late\n')
  const parts = Array.from({ length: MANY }, (_, n) => `flat/part-${String(n).padStart(5, '0')}.csv`)
  await mapConcurrently(parts, (path) => put(path, 'x\n'))
  // The newest file of a flat folder may have any name.
  await put('flat/part-01100.csv', 'newest\n')
}, 120_000)
afterAll(() => drop())

const glob = (expr: string): SelectionRule => ({ mode: 'GLOB', matchingMode: 'FILENAME', expr })

function over(path: string, rules: Partial<FilesSelectionRules> = {}) {
  const base = definitionOver(path)
  return { ...base, params: { ...base.params, filesSelectionRules: { ...ALL_FILES, ...rules } } }
}

const list = async (
  definition: ReturnType<typeof over>,
  scanBudget?: number,
  onSoFar?: (it: FilesSoFar) => void,
) =>
  filesReport.parse(
    await listFiles(mira, { definition, ...(scanBudget === undefined ? {} : { scanBudget }) }, (soFar) =>
      onSoFar?.(soFar),
    ),
  )

describe('kinds of files', () => {
  test('are counted by their endings and told by what lies in them', async () => {
    const report = await list(over('/mixed/'))
    expect(report.kinds.map(({ ending, files, contents }) => [ending, files, nameKind(contents)])).toEqual([
      ['.log.gz', 7, 'gz text'],
      ['', 1, 'text'],
      ['.gz', 1, 'text'],
      ['.parquet', 1, 'Parquet'],
    ])
    expect(report.kinds[0]).toMatchObject({ kept: 7, newest: { path: '/2026/11/22/b.log.gz' } })
    expect(report).toMatchObject({ complete: true, listed: 11, kept: 10, excluded: { folderMarker: 1 } })
    expect(report.leftOut.folderMarker).toEqual(['/zzz/'])
    expect(report.estimate).toBe(null)
    expect(report.requests).toBeGreaterThan(0)
  })

  test('are told by their folders where one ending holds two contents', async () => {
    const [dat, ...others] = (await list(over('/parts/'))).kinds
    expect(dat).toMatchObject({
      ending: '.dat',
      files: 6,
      folders: [
        { folder: '/app/tables/', content: 'parquet' },
        { folder: '/app/texts/', content: 'text' },
      ],
    })
    expect(others).toEqual([])
    expect((await list(over('/mixed/'))).kinds.every(({ folders }) => folders.length === 0)).toBe(true)
  })

  test('one of them is kept by its rule, the others are left and told', async () => {
    const endings = (await list(over('/mixed/'))).kinds.map(({ ending }) => ending)
    for (const [ending, kept] of [
      ['.gz', 1],
      ['.log.gz', 7],
      ['', 1],
    ] as const) {
      const rules = { mode: 'RULES_INCLUDED_ONLY' as const, includeRules: [ruleForKind(ending, endings)] }
      const report = await list(over('/mixed/', rules))
      expect(report).toMatchObject({ kept, excluded: { rule: 10 - kept }, byRule: [kept] })
      expect(report.leftOut.rule).toHaveLength(10 - kept)
      expect(report.kinds.map((kind) => kind.kept > 0 && kind.ending).filter((one) => one !== false)).toEqual(
        [ending],
      )
      expect(report.examples).toHaveLength(kept)
      expect(report.examplesOfAll).toHaveLength(10)
    }
  })

  test('rules are counted one by one, and chosen files that are not there are named', async () => {
    const excluding = { mode: 'RULES_ALL_BUT_EXCLUDED' as const, excludeRules: [glob('*.gz'), glob('a.*')] }
    expect(await list(over('/mixed/', excluding))).toMatchObject({ byRule: [8, 3], kept: 2 })
    const explicit = { mode: 'EXPLICIT_SELECT_FILES' as const, explicitFiles: ['/table.parquet', 'gone.log'] }
    expect(await list(over('/mixed/', explicit))).toMatchObject({ kept: 1, notFound: ['/gone.log'] })
  })
})

describe('what a listing costs', () => {
  test('is told before it goes on beyond the first page', async () => {
    const told: FilesSoFar[] = []
    const report = await list(over('/many/'), undefined, (soFar) => told.push(soFar))
    const estimate = { certainty: 'exact', objects: MANY, requests: 12, foldersTotal: 10 }
    expect(told[0]).toMatchObject({ listed: 0, estimate })
    expect(report).toMatchObject({ complete: true, listed: MANY })
  })

  test('can be asked for: all of a page is counted, and so are some pages of one folder', async () => {
    const cost = (path: string) => tellScanCost(mira, { definition: over(path), of: 'partitions' })
    expect(await cost('/mixed/')).toMatchObject({ objects: 11, certainty: 'exact', requests: 1, probes: 1 })
    expect(await cost('/flat/')).toMatchObject({ objects: MANY, certainty: 'exact', requests: 4 })
    const many = await cost('/many/')
    expect(many).toMatchObject({ certainty: 'exact', foldersTotal: 10, requests: 12, probes: 2 })
    expect(many.folders[0]).toMatchObject({ path: expect.stringMatching(/^\/\d\/$/), atLeast: false })
    expect(
      (await failureOf(tellScanCost(scene.auditor, { definition: over('/many/'), of: 'files' }))).kind,
    ).toBe('forbidden')
  })

  test('is looked at once, and the look is counted where the listing has it', async () => {
    const definition = over('/many/')
    const cost = await tellScanCost(mira, { definition, of: 'files' })
    const told = await listFiles(mira, { definition, cost }, () => {})
    const untold = await listFiles(mira, { definition }, () => {})
    expect(told.requests).toBe(12)
    expect(untold.requests).toBe(12 + cost.probes)
    expect(told.estimate).toEqual(cost)
  })

  test('is told of a dataset to those who may list its partitions', async () => {
    const ref = await addDataset(mira, 'many', over('/many/'))
    expect(await tellDatasetScanCost(mira, ref)).toMatchObject({ objects: MANY, foldersTotal: 10 })
    expect((await failureOf(tellDatasetScanCost(scene.auditor, ref))).kind).toBe('not_found')
  })

  test('a budget ends it, one more object would not have', async () => {
    expect(await list(over('/many/'), MANY - 1)).toMatchObject({ complete: false, listed: MANY - 1 })
    expect(await list(over('/many/'), MANY)).toMatchObject({ complete: true, listed: MANY })
    expect(await list(over('/many/'), MANY + 1)).toMatchObject({ complete: true, listed: MANY })
    const cut = await list(over('/many/'), 100)
    const folders = new Set(cut.examples.map((path) => path.slice(0, 3)))
    expect(folders.size).toBeGreaterThan(4)
  })
})

describe('the file that a preview opens', () => {
  const used = async (definition: ReturnType<typeof over>) =>
    (await previewFiles(mira, { definition, records: 10 })).usedPath

  test('is the newest of the kind that is met most', async () => {
    expect(await used(over('/newest/'))).toBe('/2026/11/21/late.log')
    expect(await used(over('/mixed/'))).toBe('/2026/11/22/b.log.gz')
  })

  test('is the newest of a flat folder that a page does not hold', async () => {
    const preview = await previewFiles(mira, { definition: over('/flat/'), records: 10 })
    expect(preview.usedPath).toBe('/part-01100.csv')
    expect(preview.newestOf).toBeUndefined()
  })

  test('says when not all folders were looked into', async () => {
    const preview = (path: string) => previewFiles(mira, { definition: over(path), records: 10 })
    expect((await preview('/newest/')).isOfLastFolder).toBe(false)
    expect((await preview('/many/')).isOfLastFolder).toBe(true)
  })

  test('is followed by others of its kind where it holds few records', async () => {
    const preview = await previewFiles(mira, { definition: over('/flat/'), records: 1_000 })
    const { further, records, rows } = preview
    expect(preview).toMatchObject({ usedPath: '/part-01100.csv', truncatedBy: null })
    // A busy machine reads fewer until the time is up.
    expect(records).toBeGreaterThan(4)
    expect(records).toBeLessThanOrEqual(50)
    expect(further).toHaveLength(records - 1)
    expect(rows[0]).toEqual({ number: 1, cells: ['newest'] })
    expect(rows.at(-1)).toMatchObject({ number: 1, cells: ['x'], file: further.length - 1 })
    const alone = { definition: over('/flat/'), file: '/part-00001.csv', records: 10 }
    expect(await previewFiles(mira, alone)).toMatchObject({ records: 1, further: [] })
    const shown = await previewFiles(mira, { ...alone, readOn: true })
    expect(shown).toMatchObject({ records: 10, usedPath: '/part-00001.csv' })
    expect(shown.further[0]?.path).toBe('/part-01100.csv')
  })

  test('is followed past one that cannot be read, which is told', async () => {
    const preview = await previewFiles(mira, { definition: over('/few/'), records: 10 })
    expect(preview.rows.map(({ cells }) => cells[0])).toEqual(['three', 'one'])
    expect(preview.problems).toMatchObject([
      { reason: 'looks-like-binary', path: expect.stringContaining('/2.log') },
    ])
  })

  test('is followed by others also where it holds no record, as a header alone', async () => {
    const csv = { ...over('/none/'), formatType: 'csv', formatParams: { parseHeaderRow: true } }
    const preview = await previewFiles(mira, { definition: csv, records: 10 })
    expect(preview).toMatchObject({
      usedPath: '/3.csv',
      columns: [{ name: 'id' }, { name: 'name' }],
      rows: [{ number: 1, cells: ['1', 'Ann'], file: 1 }],
      further: [
        { path: '/2.csv', records: 0 },
        { path: '/1.csv', records: 1 },
      ],
      problems: [],
      truncatedBy: null,
    })
    const empty = { ...over('/no-events/'), formatType: 'json', formatParams: { rootPath: 'Records' } }
    const events = await previewFiles(mira, { definition: empty, records: 10 })
    expect(events.rows.map(({ cells }) => cells)).toEqual([['1'], ['2']])
    const other = { ...empty, formatParams: { rootPath: 'Events' } }
    const missing = await previewFiles(mira, { definition: other, records: 10 })
    expect(missing).toMatchObject({ further: [], problems: [{ reason: 'no-root-path' }] })
  })

  test('is followed by no file of another folder that has other columns, nor by one that is none', async () => {
    const definition = { ...over('/trail/'), formatType: 'json', formatParams: { rootPath: 'Records' } }
    const preview = await previewFiles(mira, {
      definition,
      file: '/1/Trail/9.json',
      readOn: true,
      records: 10,
    })
    expect(preview).toMatchObject({ records: 2, problems: [], further: [{ path: '/1/Trail/8.json' }] })
    const json = { ...definition, formatParams: {} }
    const whole = await previewFiles(mira, {
      definition: json,
      file: '/1/Trail/9.json',
      readOn: true,
      records: 10,
    })
    expect(whole.further.map(({ path }) => path)).toEqual(['/1/Trail/8.json'])
  })

  test('is followed by none of a folder beside', async () => {
    const request = { definition: over('/trail/'), file: '/1/Trail/9.json', readOn: true, records: 10 }
    const digests = { folder: '/*/Trail-Digest/' }
    const alone = await previewFiles(mira, { ...request, beside: [digests] })
    expect(alone.further.map(({ path }) => path)).toEqual(['/1/Trail/8.json'])
    expect((await previewFiles(mira, request)).further).toHaveLength(3)
  })

  test('follows the rules', async () => {
    const rules = { mode: 'RULES_INCLUDED_ONLY' as const, includeRules: [glob('*.txt')] }
    expect(await used(over('/newest/', rules))).toBe('/notes.txt')
  })
})
