import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ALL_FILES, type DatasetDefinition } from '#lib/domain/datasets/definition'
import { freshDatabase } from '../../testing/database'
import { type DatasetScene, definitionOver, makeDatasetScene } from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { detectFiles } from '../detection/detect-format'
import { previewFiles } from '../detection/preview'
import { readSchema } from '../detection/read-schema'
import { browseFolder } from './browse'
import { listFiles } from './list-files'

let drop: () => Promise<void>
let scene: DatasetScene

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  for (const name of ['a', 'b', 'c']) await scene.put(`void/${name}.log`, '')
  for (const name of ['a', 'b']) await scene.put(`logs/${name}.log`, 'line\n')
  await scene.put('logs/', '')
  await scene.put('logs/empty.log', '')
  await scene.put('logs/archive/', '')
}, 60_000)
afterAll(() => drop())

const partitioned = (path: string, filePathPattern: string): DatasetDefinition => ({
  ...definitionOver(path),
  partitioning: { dimensions: [{ name: 'name', type: 'value' }], filePathPattern },
})

function choosing(path: string, expr: string): DatasetDefinition {
  const base = definitionOver(path)
  const includeRules = [{ mode: 'GLOB' as const, matchingMode: 'FILENAME' as const, expr }]
  const filesSelectionRules = { ...ALL_FILES, mode: 'RULES_INCLUDED_ONLY' as const, includeRules }
  return { ...base, params: { ...base.params, filesSelectionRules } }
}

describe('where no file can be read, one is told why', () => {
  const cases: [string, () => DatasetDefinition, string][] = [
    [
      'empty files',
      () => definitionOver('/void/'),
      'None of the 3 objects at /void/ can be read: 3 are empty.',
    ],
    [
      'files that the rules leave out',
      () => choosing('/logs/', '*.csv'),
      'None of the 4 objects at /logs/ can be read: the selection rules leave out 3, 1 is a folder marker.',
    ],
    [
      'a file as the path',
      () => definitionOver('/logs/a.log'),
      '/logs/a.log is a file, and a path is the folder that holds files. Use /logs/, and select this file explicitly on Files.',
    ],
  ]
  test.each(cases)('%s', async (_, makeDefinition, message) => {
    const definition = makeDefinition()
    const { mira } = scene
    expect(await failureOf(previewFiles(mira, { definition, records: 10 }))).toMatchObject({
      message,
      details: { reason: 'nothing-to-preview' },
    })
    expect((await failureOf(detectFiles(mira, { definition }))).message).toBe(message)
    expect((await readSchema(mira, { definition, infer: false })).emptyBecause).toBe(message)
  })

  test('a pattern that no file matches, and what comes beside it', async () => {
    const definition = partitioned('/logs/', '/%{name}/.*')
    expect((await readSchema(scene.mira, { definition, infer: false })).emptyBecause).toBe(
      'None of the 4 objects at /logs/ can be read: 2 do not match the pattern, 1 is a folder marker, 1 is empty. For one, /a.log does not fit the pattern at “/”.',
    )
  })

  test('an empty folder that somebody made', async () => {
    await scene.put('made/', '')
    const definition = definitionOver('/made/')
    const { mira } = scene
    const said = 'The folder is empty: 1 folder marker, no file.'
    expect((await failureOf(previewFiles(mira, { definition, records: 10 }))).message).toBe(said)
    expect((await failureOf(detectFiles(mira, { definition }))).message).toBe(said)
    expect((await readSchema(mira, { definition, infer: false })).emptyBecause).toBe(said)
    expect((await listFiles(mira, { definition }, () => undefined)).emptyBecause).toBe(said)
    const { connection } = definition.params
    const folder = await browseFolder(mira, { connection, bucket: null, path: '/made/' })
    expect(folder).toMatchObject({ files: [], emptyBecause: said })
  })

  test('a place where there is nothing', async () => {
    const definition = definitionOver('/nowhere/')
    expect((await failureOf(previewFiles(scene.mira, { definition, records: 10 }))).details.reason).toBe(
      'ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST',
    )
    expect((await failureOf(previewFiles(scene.mira, { definition, records: 10 }))).message).toBe(
      'There is nothing at /nowhere/.',
    )
  })
})
