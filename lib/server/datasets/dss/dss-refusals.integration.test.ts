import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../access/caller'
import { publicApiErrorResponse } from '../../http/problem'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  PROJECT,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { createDssDataset, getDssDataset, saveDssDataset, saveDssSchema } from './dss-datasets'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context
const rows = { projectKey: PROJECT, name: 'rows' }

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  await addDataset(mira, rows.name, {
    ...definitionOver('/rows/'),
    formatType: 'csv',
    formatParams: { charset: 'utf8', separator: ';', style: 'excel' },
    schema: { columns: [{ name: 'id', type: 'bigint' }], userModified: true },
  })
})
afterAll(() => drop())

type Settings = Awaited<ReturnType<typeof getDssDataset>>

/** Saves the settings after a change; gives the paths of what was refused, and the text that a client shows. */
async function refusalOf(change: (settings: Settings) => unknown) {
  const settings = structuredClone(await getDssDataset(mira, rows))
  const failure = await failureOf(saveDssDataset(mira, rows, change(settings)))
  const { detailedMessage } = await publicApiErrorResponse(failure, 'request').json()
  return {
    kind: failure.kind,
    paths: (failure.details.issues ?? []).map(({ path }) => path?.join('.')),
    said: String(detailedMessage),
  }
}

const rule = { mode: 'REGEXP', matchingMode: 'FILENAME', expr: '(' }

test.each<[string, (settings: Settings) => unknown]>([
  ['params.connection', (s) => ({ ...s, params: { ...s.params, connection: null } })],
  ['params.connection', (s) => ({ ...s, params: { ...s.params, connection: 'nowhere' } })],
  ['params.connection', (s) => ({ ...s, params: { ...s.params, connection: 5 } })],
  ['params.path', (s) => ({ ...s, params: { ...s.params, path: '/a/../b/' } })],
  ['params.bucket', (s) => ({ ...s, params: { ...s.params, bucket: 'another-bucket' } })],
  [
    'params.filesSelectionRules.includeRules.0.expr',
    (s) => ({
      ...s,
      params: { ...s.params, filesSelectionRules: { mode: 'RULES_INCLUDED_ONLY', includeRules: [rule] } },
    }),
  ],
  [
    'params.filesSelectionRules.explicitFiles',
    (s) => ({ ...s, params: { ...s.params, filesSelectionRules: { mode: 'EXPLICIT_SELECT_FILES' } } }),
  ],
  ['formatType', (s) => ({ ...s, formatType: 'sas7bdat' })],
  ['formatParams.separator', (s) => ({ ...s, formatParams: { ...s.formatParams, separator: '' } })],
  ['partitioning.dimensions', (s) => ({ ...s, partitioning: { filePathPattern: '/%Y/.*' } })],
  [
    'partitioning.filePathPattern',
    (s) => ({ ...s, partitioning: { dimensions: [{ name: 'a', type: 'value' }], filePathPattern: '/x/.*' } }),
  ],
  [
    'partitioning.dimensions.1.name',
    (s) => ({
      ...s,
      partitioning: {
        dimensions: [
          { name: 'a', type: 'value' },
          { name: 'a', type: 'value' },
        ],
        filePathPattern: '/%{a}/.*',
      },
    }),
  ],
  ['schema.columns.0.type', (s) => ({ ...s, schema: { columns: [{ name: 'id', type: 'zzz' }] } })],
  [
    'schema.columns.1.name',
    (s) => ({ ...s, schema: { columns: [...s.schema.columns, { name: 'id', type: 'string' }] } }),
  ],
  ['schema.columns', (s) => ({ ...s, schema: {} })],
  ['managed', (s) => ({ ...s, managed: true })],
  ['type', (s) => ({ ...s, type: 'HDFS' })],
])('a refusal names the whole path of the field: %s', async (path, change) => {
  const { kind, paths, said } = await refusalOf(change)
  expect({ kind, paths }).toEqual({ kind: 'validation_failed', paths: expect.arrayContaining([path]) })
  // Once, and no label of the interface.
  expect(said.split(path)).toHaveLength(2)
  expect(said).not.toMatch(/At [A-Z]/)
})

test('what is missing or null of format, path and schema stays as it stands', async () => {
  const before = await getDssDataset(mira, rows)
  const { formatType: _, formatParams: __, schema: ___, versionTag: ____, ...rest } = structuredClone(before)
  await saveDssDataset(mira, rows, { ...rest, params: { connection: 'lake' } })
  await saveDssDataset(mira, rows, {
    ...rest,
    formatType: null,
    formatParams: null,
    schema: null,
    params: { ...rest.params, path: null },
  })
  const { formatType, formatParams, schema, params } = await getDssDataset(mira, rows)
  expect({ formatType, formatParams, schema, path: params.path }).toEqual({
    formatType: before.formatType,
    formatParams: before.formatParams,
    schema: before.schema,
    path: '/rows/',
  })
})

test('a schema without columns is refused, one with an empty list is not', async () => {
  expect((await failureOf(saveDssSchema(mira, rows, {}))).details.issues?.[0]?.path).toEqual([
    'schema',
    'columns',
  ])
  await saveDssSchema(mira, rows, { columns: [] })
  expect((await getDssDataset(mira, rows)).schema.columns).toEqual([])
})

test('a new dataset on a connection that is not there is no 404 of the project', async () => {
  const made = createDssDataset(mira, PROJECT, { name: 'new', params: { connection: 'nowhere', path: '/' } })
  expect(await failureOf(made)).toMatchObject({
    kind: 'validation_failed',
    details: { issues: [{ path: ['params', 'connection'] }] },
  })
})

test('of twelve who save what they read at the same time one does; who saves again what they saved may', async () => {
  const read = structuredClone(await getDssDataset(mira, rows))
  const asked = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) =>
      saveDssDataset(mira, rows, { ...read, description: `writer ${index}` }),
    ),
  )
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const one of asked)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ kind: 'conflict' })
  const mine = structuredClone(await getDssDataset(mira, rows))
  for (const change of [{ description: 'mine' }, { tags: ['a'] }, { customMeta: { kv: { a: 'b' } } }]) {
    Object.assign(mine, change)
    await saveDssDataset(mira, rows, mine)
  }
  await saveDssDataset(mira, rows, mine)
  expect(await getDssDataset(mira, rows)).toMatchObject({ description: 'mine', tags: ['a'] })
})

test('keys that are not ours are bounded', async () => {
  const big = await refusalOf((s) => ({ ...s, notes: { text: 'x'.repeat(66_000) } }))
  expect(big).toMatchObject({ kind: 'validation_failed', paths: ['notes'] })
  const columns = Array.from({ length: 3 }, (_, index) => ({
    name: `c${index}`,
    type: 'string',
    extra: 'x'.repeat(30_000),
  }))
  expect((await refusalOf((s) => ({ ...s, schema: { columns } }))).kind).toBe('validation_failed')
})
