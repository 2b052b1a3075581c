import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withPermit } from '../access/with-permit'
import { saveConnection } from '../connections/commands'
import { getConnection } from '../connections/queries'
import { addConnection, permit, selected, storeParams } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
} from '../testing/dataset-scene'
import { failureOf } from '../testing/failure-of'
import { deleteDataset, renameDataset, saveDataset } from './commands'
import { type DatasetRef, datasetKind } from './dataset-kind'
import { listDatasetPartitions } from './listing/list-partitions'
import { getPartitions } from './listing/listings'
import { getDataset } from './queries'
import { streamRecords } from './streaming/stream-records'

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
    {},
    async () => null,
    async ({ signal }) => {
      begun.resolve()
      while (!signal.aborted) await sleep(50)
    },
  )
  await begun.promise
  const [failure] = await Promise.all([failureOf(read), meanwhile()])
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

test('nor once its connection leads elsewhere', async () => {
  const ref = await addDataset(scene.mira, 'led', definitionOver('/logs/'))
  const lead = async (root: string) => {
    const { version } = await getConnection(scene.admin, LAKE)
    const params = { ...storeParams(), root: `${scene.root}${root}` }
    await saveConnection(scene.admin, LAKE, { version, description: '', params })
  }
  expect(await readWhile(ref, () => lead('elsewhere/'))).toEqual(['conflict', 'moved-meanwhile'])
  await lead('')
})

test('nor does the right to another dataset of its name stand in for it', async () => {
  const ref = await addDataset(scene.mira, 'replaced', definitionOver('/logs/'))
  const replace = async () => {
    await deleteDataset(scene.mira, ref)
    await addDataset(scene.mira, 'replaced', definitionOver('/logs/'))
  }
  expect(await readWhile(ref, replace)).toEqual(['not_found', 'not-found'])
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

/** Longer than until a right is asked for again. */
const UNTIL_ASKED_MS = 3_000

test('the stream of a dataset that is renamed comes whole', async () => {
  const text = 'a line of a long file\n'.repeat(400_000)
  await scene.put('long/a.log', text)
  const ref = await addDataset(scene.mira, 'streamed', definitionOver('/long/'))
  const chunks = await streamRecords(scene.mira, ref, {
    partitions: [],
    format: 'tsv-excel-noheader',
    sessionId: null,
  })
  const read: Buffer[] = []
  for await (const chunk of chunks) {
    if (read.length === 0) {
      await renameDataset(scene.mira, ref, 'renamed_stream')
      await sleep(UNTIL_ASKED_MS)
    }
    read.push(chunk)
  }
  expect(Buffer.concat(read).length).toBe(text.length)
})

test('so does the listing of its partitions, which is kept under its new name', async () => {
  await scene.put('listed/api/2026/11/22/a.log', 'one\n')
  const ref = await addDataset(
    scene.mira,
    'listed',
    definitionOver('/listed/', { partitioning: BY_NODE_AND_DAY }),
  )
  let isRenamed = false
  await listDatasetPartitions(scene.mira, ref, async () => {
    if (isRenamed) return
    isRenamed = true
    await renameDataset(scene.mira, ref, 'renamed_list')
    await sleep(UNTIL_ASKED_MS)
  })
  const { report } = await getPartitions(scene.mira, { ...ref, name: 'renamed_list' })
  expect(report?.ledger.partitions.map(({ id }) => id)).toEqual(['api|2026-11-22'])
})

test('a renamed dataset is read no more once the right to it has ended', async () => {
  const ref = await addDataset(scene.mira, 'revoked', definitionOver('/logs/'))
  const rename = async () => {
    await renameDataset(scene.mira, ref, 'renamed_revoked')
    await permit(scene.admin, LAKE, { ...selected(), readRequired: true })
  }
  expect((await readWhile(ref, rename))[0]).toBe('forbidden')
})
