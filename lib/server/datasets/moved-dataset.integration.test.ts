import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { METRIC_IDS } from '#lib/domain/datasets/metrics'
import { readAs } from '../access/act'
import { runJob } from '../jobs/run-job'
import { database } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { addConnection, permit, selected, storeParams } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
} from '../testing/dataset-scene'
import { failureOf } from '../testing/failure-of'
import { NEVER } from '../testing/job-scene'
import { saveDataset } from './commands'
import { removeConnection } from './connections/connection-removal'
import { type DatasetRef, datasetKind } from './dataset-kind'
import { holdDataset } from './hold-dataset'
import { getJob, readJobItems } from './jobs/job-queries'
import { getPartitions } from './listing/listings'
import { startListDatasetPartitions } from './listing/start-listing'
import { getMetrics, getMetricsHistory } from './metrics/metrics'
import { computeMetrics } from './metrics/metrics-compute'
import { getDataset } from './queries'

const OTHER = 'other'
const ignore = () => undefined

let drop: () => Promise<void>
let scene: DatasetScene
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  await scene.put('logs/design/2026/11/22/a.log', 'one\ntwo\n')
  await addConnection(scene.admin, OTHER)
  await permit(
    scene.admin,
    OTHER,
    selected(scene.groupId('designers'), scene.groupId('space_administrators')),
  )
})
afterAll(() => drop())

const partitioned = () => definitionOver('/logs/', { partitioning: BY_NODE_AND_DAY })

/** Saves a dataset's settings over another connection and bucket. */
async function moveTo(ref: DatasetRef, connection: string, bucket: string | null = null, ctx = scene.mira) {
  const { definition, version } = await getDataset(ctx, ref)
  const params = { ...definition.params, connection, bucket }
  await saveDataset(ctx, ref, { version, definition: { ...definition, params } })
}

/** Everything that is kept of what was found in a dataset's files. */
async function findingsOf(ref: DatasetRef) {
  const { report } = await getPartitions(scene.mira, ref)
  const { whole, partitions } = await getMetrics(scene.mira, ref)
  const { points } = await getMetricsHistory(scene.mira, ref, { partition: null })
  return [report?.ledger.partitions.length ?? null, whole.length, partitions.length, points.length]
}

test('what was found on one connection does not follow a dataset to another', async () => {
  const ref = await addDataset(scene.mira, 'listed', partitioned())
  const listing = await startListDatasetPartitions(scene.mira, ref)
  await runJob(listing.jobId, NEVER)
  expect((await readJobItems(scene.mira, listing.jobId, 0)).items).toHaveLength(1)
  await computeMetrics(scene.mira, ref, { metricIds: [...METRIC_IDS], partition: null }, ignore)
  expect(await findingsOf(ref)).toEqual([1, METRIC_IDS.length, 1, METRIC_IDS.length])
  await moveTo(ref, OTHER)
  expect(await findingsOf(ref)).toEqual([null, 0, 0, 0])
  expect((await readJobItems(scene.mira, listing.jobId, 0)).items).toEqual([])
  expect((await getJob(scene.mira, listing.jobId)).result).toBeNull()
})

test('what is found after a move is not kept', async () => {
  const ref = await addDataset(scene.mira, 'moving', partitioned())
  const row = await readAs(scene.mira, datasetKind, 'see', ref, async ({ row }) => row)
  await moveTo(ref, OTHER)
  const late = await failureOf(inTransaction((tx) => holdDataset(tx, row)))
  expect([late.kind, late.details.reason]).toEqual(['conflict', 'moved-meanwhile'])
})

test('what is said of a dataset is saved while its connection is gone, and leaves it there', async () => {
  await addConnection(scene.admin, 'leaving')
  const everyone = selected(scene.groupId('designers'), scene.groupId('space_administrators'))
  await permit(scene.admin, 'leaving', everyone)
  const ref = await addDataset(scene.mira, 'left', partitioned())
  await moveTo(ref, 'leaving')
  const { connectionId } = await database().dataset.findFirstOrThrow({ where: { name: ref.name } })
  await removeConnection(scene.admin, 'leaving', 'for a while')
  const save = async (change: Partial<DatasetDefinition>) => {
    const { definition, version } = await getDataset(scene.mira, ref)
    await saveDataset(scene.mira, ref, { version, definition: { ...definition, ...change } })
    return database().dataset.findFirstOrThrow({ where: { name: ref.name } })
  }
  expect(await save({ tags: ['one'] })).toMatchObject({ connectionId, settings: { tags: ['one'] } })
  await addConnection(scene.admin, 'leaving')
  await permit(scene.admin, 'leaving', everyone)
  expect(await save({ tags: ['two'] })).toMatchObject({ connectionId })
  const { definition } = await getDataset(scene.mira, ref)
  const elsewhere = await save({ params: { ...definition.params, path: '/other/' } })
  expect(elsewhere.connectionId).not.toBe(connectionId)
})

test('the bucket of a connection is told to those alone who may read its details', async () => {
  const ref = await addDataset(scene.mira, 'placed', partitioned())
  const { bucket } = storeParams()
  const refusal = await failureOf(moveTo(ref, OTHER, 'guess'))
  expect(refusal.details.issues?.[0]?.path).toEqual(['params', 'bucket'])
  expect(JSON.stringify([refusal.message, refusal.details])).not.toContain(bucket)
  const told = await failureOf(moveTo(ref, OTHER, 'guess', scene.admin))
  expect(told.details.issues?.[0]?.message).toContain(`the bucket ${bucket} and no other`)
  // Scripts that know it name it.
  await moveTo(ref, OTHER, bucket)
})
