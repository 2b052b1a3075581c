import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseExactJson, printExactJson } from '#lib/domain/exact-json'
import type { Context } from '../../access/caller'
import { createConnection } from '../../connections/commands'
import { publicApiErrorResponse } from '../../http/problem'
import { database } from '../../platform/db/client'
import { permit, selected, storeParams, storeSecret } from '../../testing/connection-scene'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
  PROJECT,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { createDataset, saveDataset } from '../commands'
import { getDataset } from '../queries'
import { createDssDataset, getDssDataset, saveDssDataset } from './dss-datasets'
import { getDssMetadata, saveDssMetadata } from './dss-metadata'
import { renameDssDataset } from './dss-rename'
import { saveDssSchema } from './dss-schema'

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
  ['managed', (s) => ({ ...s, managed: 'true' })],
  ['name', (s) => ({ ...s, name: 'another' })],
  ['projectKey', (s) => ({ ...s, projectKey: 'OTHER' })],
  ['tags', (s) => ({ ...s, tags: { a: 1 } })],
  ['checklists.checklists', (s) => ({ ...s, checklists: { checklists: 5 } })],
  ['type', (s) => ({ ...s, type: 'HDFS' })],
])('a refusal names the whole path of the field: %s', async (path, change) => {
  const { kind, paths, said } = await refusalOf(change)
  expect({ kind, paths }).toEqual({ kind: 'validation_failed', paths: expect.arrayContaining([path]) })
  // Once, and no label of the interface.
  expect(said.split(path)).toHaveLength(2)
  expect(said).not.toMatch(/At [A-Z]/)
})

test('what /api saves is held to the same rules, and never says that it is another', async () => {
  const { versionTag: _, creationTag: __, ...given } = structuredClone(await getDssDataset(mira, rows))
  const { definition, version } = await getDataset(mira, rows)
  const wrong = {
    name: 'EVIL',
    projectKey: 'OTHER',
    managed: true,
    tags: null,
    notes: 'x'.repeat(66_000),
    params: { ...definition.params, bucket: 'another-bucket' },
    schema: { columns: [{ name: 'id', type: 'zzz' }], userModified: true },
  }
  for (const [key, value] of Object.entries(wrong)) {
    const odd = { ...definition, [key]: value }
    for (const save of [
      () => saveDataset(mira, rows, { version, definition: odd }),
      () => createDataset(mira, PROJECT, { name: 'odd', definition: odd }),
    ])
      expect((await failureOf(save())).details.issues?.[0]?.path?.[0]).toBe(key)
  }
  await createDataset(mira, PROJECT, { name: 'again', definition: { ...given, name: 'again' } })
  const again = { projectKey: PROJECT, name: 'again' }
  expect((await getDataset(mira, again)).definition).not.toHaveProperty('name')
  await saveDssDataset(mira, again, structuredClone(await getDssDataset(mira, again)))
})

test('a denied save is told as a save, whichever part was sent', async () => {
  const { auditor } = scene
  const denials = async (msgType: string) => {
    const where = { msgType, outcome: 'denied' }
    const { _sum } = await database().auditEvent.aggregate({ where, _sum: { repeats: true } })
    return _sum.repeats ?? 0
  }
  const before = [await denials('dataset-save'), await denials('dataset-read')]
  const saves = [
    saveDssDataset(auditor, rows, {}),
    saveDssSchema(auditor, rows, { columns: [] }),
    saveDssMetadata(auditor, rows, { tags: [] }),
  ]
  for (const { kind } of await Promise.all(saves.map(failureOf))) expect(kind).toBe('not_found')
  expect([await denials('dataset-save'), await denials('dataset-read')]).toEqual([
    Number(before[0]) + saves.length,
    before[1],
  ])
})

test('a dataset that moves to a connection with a bucket cannot bring another along', async () => {
  const params = { ...storeParams(), bucket: '' }
  await createConnection(scene.admin, { name: 'free', description: '', params, secret: storeSecret() })
  await permit(scene.admin, 'free', selected(scene.groupId('designers')))
  const free = definitionOver('/rows/')
  const moving = await addDataset(mira, 'moving', {
    ...free,
    params: { ...free.params, connection: 'free', bucket: 'another-bucket' },
  })
  const { definition, version } = await getDataset(mira, moving)
  const moved = { ...definition, params: { ...definition.params, connection: LAKE } }
  const failure = await failureOf(saveDataset(mira, moving, { version, definition: moved }))
  expect(failure.details.issues?.[0]?.path).toEqual(['params', 'bucket'])
  const without = { ...moved, params: { ...moved.params, bucket: null } }
  await saveDataset(mira, moving, { version, definition: without })
})

test('odd text among what is said in a definition of old breaks nothing', async () => {
  const row = await database().dataset.findFirstOrThrow({ where: { name: 'again' } })
  for (const odd of [{ tags: null }, { tags: 'x' }, { checklists: { checklists: 5 } }, { customMeta: [1] }]) {
    await database().dataset.update({
      where: { id: row.id },
      data: { settings: { ...(row.settings as object), ...odd } },
    })
    const ref = { projectKey: PROJECT, name: 'again' }
    expect(await getDssMetadata(mira, ref)).toMatchObject({ tags: [], checklists: { checklists: [] } })
    await saveDssMetadata(mira, ref, { description: 'still' })
  }
})

test('how a number of metadata is spelled stays when something else is saved', async () => {
  const save = (json: string) => saveDssMetadata(mira, rows, parseExactJson(json) as { tags?: string[] })
  await save('{"rate": 1.0, "list": [1e5], "count": 2.0}')
  await save('{"count": 2, "more": 3.00}')
  const told = printExactJson(await getDssMetadata(mira, rows))
  for (const field of ['"rate":1.0,', '"list":[1e5],', '"more":3.00,', '"count":2,'])
    expect(told).toContain(field)
})

test('of the two names of one thing the one that was changed is saved, also a second time', async () => {
  const read = await getDssMetadata(mira, rows)
  for (const n of [1, 2])
    await saveDssMetadata({ ...mira, startedAt: new Date() }, rows, { ...read, customMeta: { kv: { n } } })
  expect(await getDssMetadata(mira, rows)).toMatchObject({
    custom: { kv: { n: 2 } },
    customMeta: { kv: { n: 2 } },
  })
  const both = { ...read, custom: { kv: { n: 3 } }, customMeta: { kv: { n: 4 } } }
  expect((await failureOf(saveDssMetadata(mira, rows, both))).details.issues).toMatchObject([
    { path: ['custom'] },
  ])
})

test('metadata of one’s own is kept, and the label is the name', async () => {
  const metadata = { ...(await getDssMetadata(mira, rows)), shortDesc: 'Short', foo: { a: 1 } }
  await saveDssMetadata(mira, rows, metadata)
  await saveDssMetadata(mira, rows, { bar: 2 })
  expect(await getDssMetadata(mira, rows)).toMatchObject({ shortDesc: 'Short', foo: { a: 1 }, bar: 2 })
  expect(await failureOf(saveDssMetadata(mira, rows, { label: 'other' }))).toMatchObject({
    details: { issues: [{ path: ['label'] }] },
  })
})

test('of 24 who set the schema at once none meets a conflict, and a dataset is saved by its name in any case', async () => {
  const columns = (index: number) => ({ columns: [{ name: `c${index}`, type: 'string' }] })
  await Promise.all(Array.from({ length: 24 }, (_, index) => saveDssSchema(mira, rows, columns(index))))
  const ref = { projectKey: PROJECT, name: 'ROWS' }
  await saveDssDataset(mira, ref, structuredClone(await getDssDataset(mira, ref)))
})

test('what is missing of format, path and schema stays as it stands, and so do texts that are null', async () => {
  const before = await getDssDataset(mira, rows)
  const { formatType: _, formatParams: __, schema: ___, versionTag: ____, ...rest } = structuredClone(before)
  await saveDssDataset(mira, rows, { ...rest, params: { connection: 'lake' } })
  await saveDssDataset(mira, rows, {
    ...rest,
    formatType: null,
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

test('a new name is refused under the name that it was sent by', async () => {
  for (const newName of ['a b', '', 'again']) {
    const { details } = await failureOf(renameDssDataset(mira, PROJECT, { oldName: 'rows', newName }))
    expect(details.issues?.map(({ path }) => path)).toEqual([['newName']])
  }
})
