import { afterAll, beforeAll, expect, test } from 'vitest'
import { Failure } from '#lib/domain/errors'
import type { Context } from '../../access/caller'
import { newId } from '../../platform/ids'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  PROJECT,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import {
  changeDss,
  createDssDataset,
  deleteDssDataset,
  getDssDataset,
  getDssInfo,
  listDssDatasets,
  refuseDssBuild,
  saveDssDataset,
} from './dss-datasets'
import { getDssMetadata, saveDssMetadata } from './dss-metadata'
import { saveDssSchema } from './dss-schema'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context
const rows = { projectKey: PROJECT, name: 'rows' }

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  await addDataset(mira, rows.name, definitionOver('/rows/'))
})
afterAll(() => drop())

/** What a client has read and edits in place. */
const read = async () => JSON.parse(JSON.stringify(await getDssDataset(mira, rows)))

/** The same caller's next request, sent now. */
const next = (ctx: Context): Context => ({ ...ctx, startedAt: new Date() })

test('metadata is kept with it, and what is left out stays', async () => {
  expect(await getDssMetadata(mira, rows)).toMatchObject({ label: 'rows', description: '', tags: [] })
  await saveDssMetadata(mira, rows, {
    tags: ['raw'],
    description: 'Some rows',
    custom: { kv: { team: 'data' } },
  })
  await saveDssMetadata(mira, rows, { description: 'More rows' })
  expect(await getDssMetadata(mira, rows)).toMatchObject({
    description: 'More rows',
    tags: ['raw'],
    custom: { kv: { team: 'data' } },
  })
  expect(await getDssDataset(mira, rows)).toMatchObject({ tags: ['raw'], formatType: 'line' })
  expect((await failureOf(saveDssMetadata(scene.stranger, rows, { tags: [] }))).kind).toBe('not_found')
})

test('two that save parts at once both succeed', async () => {
  await Promise.all([
    saveDssMetadata(mira, rows, { tags: ['a'] }),
    saveDssSchema(mira, rows, { columns: [{ name: 'id', type: 'bigint' }] }),
    saveDssMetadata(mira, rows, { description: 'b' }),
  ])
  const { tags, description, schema } = await getDssDataset(mira, rows)
  expect({ tags, description, columns: schema.columns.length }).toEqual({
    tags: ['a'],
    description: 'b',
    columns: 1,
  })
})

test('two writers of a definition meet a conflict', async () => {
  const [mine, theirs] = [await read(), await read()]
  theirs.partitioning.dimensions.push({ name: 'node_type', type: 'value' })
  theirs.partitioning.filePathPattern = '/%{node_type}/.*'
  await saveDssDataset(next(scene.admin), rows, theirs)
  const stands = (await read()).versionTag.versionNumber
  for (const change of [{ description: 'mine' }, { partitioning: { ...mine.partitioning } }])
    expect(await failureOf(saveDssDataset(next(mira), rows, { ...mine, ...change }))).toMatchObject({
      kind: 'conflict',
      details: { reason: 'changed-meanwhile' },
    })
  expect((await read()).versionTag.versionNumber).toBe(stands)
  const copied = {
    ...theirs,
    versionTag: { ...theirs.versionTag, of: 'another dataset', space: 'elsewhere', versionNumber: 99 },
  }
  await saveDssDataset(mira, rows, { ...copied, description: 'copied' })
  expect(await getDssDataset(mira, rows)).toMatchObject({ description: 'copied' })
  const { versionTag: _, ...untagged } = mine
  await saveDssDataset(mira, rows, untagged)
  expect(await getDssDataset(mira, rows)).toMatchObject({ partitioning: { dimensions: [] } })
})

test('two who edit the same metadata meet a conflict', async () => {
  const [mine, theirs] = [await getDssMetadata(mira, rows), await getDssMetadata(scene.admin, rows)]
  await saveDssMetadata(next(scene.admin), rows, { ...theirs, tags: ['theirs'] })
  expect(await failureOf(saveDssMetadata(mira, rows, { ...mine, description: 'mine' }))).toMatchObject({
    kind: 'conflict',
    details: { where: 'tags' },
  })
  await saveDssMetadata(next(scene.admin), rows, { ...theirs, tags: ['theirs', 'more'] })
  expect(await getDssMetadata(mira, rows)).toMatchObject({ tags: ['theirs', 'more'] })
})

test('info tells of the connection; a build is refused, naming dataset and connection', async () => {
  expect(await getDssInfo(mira, rows)).toMatchObject({ connection: 'lake', external: true })
  const refusal = await failureOf(refuseDssBuild(mira, PROJECT, { outputs: [{ id: `${PROJECT}.rows` }] }))
  expect(refusal.message).toContain('AUDIT.rows')
  expect(refusal.message).toContain('lake')
  expect((await failureOf(refuseDssBuild(mira, PROJECT, { outputs: [{ id: 'none' }] }))).kind).toBe(
    'not_found',
  )
})

test('who goes on with the text of their first reading changes the same field again', async () => {
  const text = await read()
  for (const description of ['once', 'twice', 'three times']) {
    text.description = description
    await saveDssDataset(next(mira), rows, text)
  }
  expect(await getDssDataset(mira, rows)).toMatchObject({ description: 'three times' })
  delete text.description
  await saveDssDataset(next(mira), rows, text)
  expect(await read()).not.toHaveProperty('description')
  // What somebody else has made of it since is theirs.
  await saveDssDataset(next(scene.admin), rows, { ...(await read()), description: 'theirs' })
  expect((await failureOf(saveDssDataset(next(mira), rows, text))).kind).toBe('conflict')
  const elsewhere = { ...next(mira), originAddress: '192.0.2.7' }
  expect((await failureOf(saveDssDataset(elsewhere, rows, { ...text, description: 'x' }))).kind).toBe(
    'conflict',
  )
})

test('two scripts with one key who read for themselves meet a conflict in one field', async () => {
  const [first, second] = [await read(), await read()]
  await saveDssDataset(next(mira), rows, { ...first, description: 'of the first' })
  for (const description of ['of the second', undefined])
    expect(await failureOf(saveDssDataset(next(mira), rows, { ...second, description }))).toMatchObject({
      kind: 'conflict',
      details: { reason: 'changed-meanwhile' },
    })
  await saveDssDataset(next(mira), rows, { ...first, description: 'of the first again' })
  // What is taken out of a list tells no reading, and may be anybody's.
  const [listed] = structuredClone(await listDssDatasets(mira, PROJECT))
  await saveDssDataset(next(mira), rows, { ...listed, description: 'of the list' })
  expect((await failureOf(saveDssDataset(next(mira), rows, { ...listed, description: 'x' }))).kind).toBe(
    'conflict',
  )
  // A script that changed something for a while puts it back, from another address of its own.
  const text = await read()
  await saveDssDataset(next(mira), rows, { ...text, description: 'for a while' })
  await saveDssDataset({ ...next(mira), originAddress: '192.0.2.7' }, rows, text)
  expect(await getDssDataset(mira, rows)).toMatchObject({ description: 'of the list' })
})

test('a copied definition is saved to another dataset more than once', async () => {
  await createDssDataset(mira, PROJECT, { ...(await read()), name: 'copy' })
  const [copy, text] = [{ projectKey: PROJECT, name: 'copy' }, await read()]
  for (const description of ['once', 'twice'])
    await saveDssDataset(next(mira), copy, { ...text, name: 'copy', description })
  expect(await getDssDataset(mira, copy)).toMatchObject({ description: 'twice' })
  await saveDssDataset(next(mira), rows, { ...text, description: 'the first too' })
})

test('metadata too is saved more than once', async () => {
  const metadata = await getDssMetadata(mira, rows)
  for (const description of ['once', 'twice'])
    await saveDssMetadata(next(mira), rows, { ...metadata, description })
  expect(await getDssMetadata(mira, rows)).toMatchObject({ description: 'twice' })
})

test('a part that was saved between reading and saving the whole is not undone, nor the other way round', async () => {
  const settings = await read()
  await saveDssMetadata(next(mira), rows, { tags: ['between'] })
  expect((await failureOf(saveDssDataset(next(mira), rows, settings))).kind).toBe('conflict')
  const again = await read()
  await saveDssSchema(next(mira), rows, { columns: [{ name: 'between', type: 'string' }] })
  const other = { ...again, schema: { columns: [{ name: 'other', type: 'string' }], userModified: true } }
  expect((await failureOf(saveDssDataset(next(mira), rows, other))).kind).toBe('conflict')
  const metadata = await getDssMetadata(mira, rows)
  await saveDssDataset(next(mira), rows, { ...(await read()), description: 'of settings' })
  const late = saveDssMetadata(next(mira), rows, { ...metadata, tags: ['late'] })
  expect((await failureOf(late)).kind).toBe('conflict')
  expect(await getDssDataset(mira, rows)).toMatchObject({ tags: ['between'], description: 'of settings' })
})

test('parts that are saved at once make no other writer of who saves the whole', async () => {
  await Promise.all([
    saveDssMetadata(next(mira), rows, { tags: ['at once'] }),
    saveDssSchema(next(mira), rows, { columns: [] }),
  ])
  const text = await read()
  for (const description of ['one', 'two']) await saveDssDataset(next(mira), rows, { ...text, description })
  expect(await getDssDataset(mira, rows)).toMatchObject({ description: 'two' })
})

test('two scripts with one key behind one address meet a conflict, although they do not overlap', async () => {
  const [mine, theirs] = [await read(), await read()]
  await saveDssDataset(next(mira), rows, { ...theirs, description: 'of the first script' })
  const saving = saveDssDataset(next(mira), rows, { ...mine, tags: ['of the second script'] })
  expect((await failureOf(saving)).kind).toBe('conflict')
  expect(await getDssDataset(mira, rows)).toMatchObject({ description: 'of the first script' })
})

test('of twelve writers at once of one reading, all with one key, one saves', async () => {
  const text = await read()
  const saving = Array.from({ length: 12 }, (_, index) =>
    saveDssDataset(next(mira), rows, { ...text, description: `writer ${index}` }),
  )
  const settled = await Promise.allSettled(saving)
  const saved = settled.flatMap(({ status }, index) => (status === 'fulfilled' ? [`writer ${index}`] : []))
  expect(saved).toHaveLength(1)
  expect(await getDssDataset(mira, rows)).toMatchObject({ description: saved[0] })
  // One that comes late is one of them.
  const late = await failureOf(saveDssDataset(next(mira), rows, { ...text, description: 'late' }))
  expect(late.kind).toBe('conflict')
})

test('what was read of a dataset that is gone is not saved over the one that has its name now', async () => {
  const { mira } = scene
  const again = { projectKey: PROJECT, name: 'again' }
  const make = (tags: string[]) =>
    createDssDataset(mira, PROJECT, { ...definitionOver('/rows/'), type: 'S3', name: again.name, tags })
  await make(['old'])
  const [text, metadata] = [await getDssDataset(mira, again), await getDssMetadata(mira, again)]
  await deleteDssDataset(mira, again, { dropData: false })
  await make(['new'])
  const saves = [() => saveDssDataset(mira, again, text), () => saveDssMetadata(mira, again, metadata)]
  for (const save of saves)
    expect(await failureOf(save())).toMatchObject({
      kind: 'conflict',
      details: { reason: 'changed-meanwhile' },
    })
  expect(await getDssDataset(mira, again)).toMatchObject({ tags: ['new'] })
  // A copy of another that is there, and of another space, are saved.
  const other = await getDssDataset(mira, rows)
  await saveDssDataset(mira, again, { ...other, name: again.name, tags: ['copy'] })
  const foreign = { ...text, versionTag: { ...text.versionTag, space: newId() } }
  await saveDssDataset(mira, again, { ...foreign, tags: ['foreign'] })
  expect(await getDssDataset(mira, again)).toMatchObject({ tags: ['foreign'] })
})

test('a change that came late is made again; what others saved of the same part refuses it at once', async () => {
  let tries = 0
  await changeDss(mira, rows, async (dataset) => {
    if (++tries === 1) await saveDssDataset(next(scene.admin), rows, { ...dataset, description: 'meanwhile' })
    return { ...dataset, shortDesc: 'late' }
  })
  expect(tries).toBe(2)
  expect(await getDssDataset(mira, rows)).toMatchObject({ description: 'meanwhile', shortDesc: 'late' })
  tries = 0
  const lost = changeDss(mira, rows, () => {
    tries++
    throw new Failure('conflict', 'Others changed it.', { reason: 'changed-meanwhile' })
  })
  expect((await failureOf(lost)).kind).toBe('conflict')
  expect(tries).toBe(1)
})
