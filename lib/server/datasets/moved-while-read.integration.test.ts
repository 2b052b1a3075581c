import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withPermit } from '../access/with-permit'
import { addConnection, permit, selected } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { addDataset, type DatasetScene, definitionOver, makeDatasetScene } from '../testing/dataset-scene'
import { failureOf } from '../testing/failure-of'
import { deleteDataset, saveDataset } from './commands'
import { type DatasetRef, datasetKind } from './dataset-kind'
import { getDataset } from './queries'

const OTHER = 'other'

let drop: () => Promise<void>
let scene: DatasetScene
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  await addConnection(scene.admin, OTHER)
  await permit(scene.admin, OTHER, selected(scene.groupId('designers')))
}, 60_000)
afterAll(() => drop())

const overOther = () => {
  const base = definitionOver('/logs/')
  return { ...base, params: { ...base.params, connection: OTHER } }
}

/** Reads for as long as the permit stands, and tells why it ended; something else is done meanwhile. */
async function readWhile(ref: DatasetRef, meanwhile: () => Promise<void>) {
  const begun = Promise.withResolvers<void>()
  const read = withPermit(
    scene.mira,
    datasetKind,
    'read',
    ref,
    { deadlineMs: 8_000 },
    async () => null,
    async ({ signal }) => {
      begun.resolve()
      while (!signal.aborted) await sleep(50)
    },
  )
  await begun.promise
  const beganAtMs = performance.now()
  const [failure] = await Promise.all([failureOf(read), meanwhile()])
  expect(performance.now() - beganAtMs).toBeLessThan(5_000)
  return [failure.kind, failure.details.reason]
}

test('who reads a dataset reads it no more once it is on another connection, whose right is another', async () => {
  const ref = await addDataset(scene.mira, 'moved', definitionOver('/logs/'))
  const move = async () => {
    const { version } = await getDataset(scene.mira, ref)
    await saveDataset(scene.mira, ref, { version, definition: overOther() })
  }
  expect(await readWhile(ref, move)).toEqual(['conflict', 'moved-meanwhile'])
})

test('nor does the right to another dataset of its name stand in for it', async () => {
  const ref = await addDataset(scene.mira, 'replaced', definitionOver('/logs/'))
  const replace = async () => {
    await deleteDataset(scene.mira, ref)
    await addDataset(scene.mira, 'replaced', definitionOver('/logs/'))
  }
  expect(await readWhile(ref, replace)).toEqual(['conflict', 'moved-meanwhile'])
})

test('a dataset that is saved in place is read on', async () => {
  const ref = await addDataset(scene.mira, 'saved', definitionOver('/logs/'))
  const text = withPermit(
    scene.mira,
    datasetKind,
    'read',
    ref,
    {},
    async () => null,
    async ({ signal }) => {
      const { version, definition } = await getDataset(scene.mira, ref)
      await saveDataset(scene.mira, ref, { version, definition: { ...definition, tags: ['new'] } })
      await sleep(3_000)
      return signal.aborted
    },
  )
  expect(await text).toBe(false)
})
