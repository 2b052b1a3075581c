import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { METRIC_IDS } from '#lib/domain/datasets/metrics'
import { readAs } from '../access/act'
import { saveConnection } from '../connections/commands'
import { getConnection } from '../connections/queries'
import type { JobHandler } from '../jobs/job-handler'
import { handlerFor } from '../jobs/registry'
import { runJob } from '../jobs/run-job'
import { database } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { cancelJob } from '../progress/commands'
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
import { NEVER, rowOf, untilAborted } from '../testing/job-scene'
import { renameDataset, saveDataset } from './commands'
import { removeConnection } from './connections/connection-removal'
import { type DatasetRef, datasetKind } from './dataset-kind'
import { startTestAndDetect } from './detection/test-and-detect'
import { holdDataset } from './hold-dataset'
import { getJob, readJobItems } from './jobs/job-queries'
import { listDatasetPartitions } from './listing/list-partitions'
import { getPartitions } from './listing/listings'
import { listPartitionIds } from './listing/partition-ids'
import { startListDatasetPartitions } from './listing/start-listing'
import { getMetrics, getMetricsHistory, startComputeMetrics } from './metrics/metrics'
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

/** Saves another root of the connection, below the scene's. */
async function lead(root: string, description = '') {
  const { version } = await getConnection(scene.admin, LAKE)
  const params = { ...storeParams(), root: `${scene.root}${root}` }
  await saveConnection(scene.admin, LAKE, { version, description, params })
}

test('what was found is of earlier settings once the connection leads elsewhere, not once it is described', async () => {
  const ref = await addDataset(scene.mira, 'outdated', partitioned())
  await listDatasetPartitions(scene.mira, ref, ignore)
  await computeMetrics(scene.mira, ref, { metricIds: [...METRIC_IDS], partition: null }, ignore)
  const stale = async () => {
    const { whole } = await getMetrics(scene.mira, ref)
    const { points } = await getMetricsHistory(scene.mira, ref, { partition: null })
    const listed = (await getPartitions(scene.mira, ref)).stale
    return [listed, ...new Set([...whole, ...points].map((value) => value.stale))]
  }
  const row = await readAs(scene.mira, datasetKind, 'see', ref, async ({ row }) => row)
  await lead('', 'told')
  expect(await stale()).toEqual([false, false])
  await inTransaction((tx) => holdDataset(tx, row))
  await lead('elsewhere/')
  expect(await stale()).toEqual([true, true])
  const late = await failureOf(inTransaction((tx) => holdDataset(tx, row)))
  expect([late.kind, late.details.reason]).toEqual(['conflict', 'moved-meanwhile'])
  await lead('')
  expect(await stale()).toEqual([true, true])
})

test('partition ids are listed anew once the connection leads elsewhere', async () => {
  const ref = await addDataset(scene.mira, 'led', partitioned())
  await scene.put('elsewhere/logs/api/2026/11/23/a.log', 'one\n')
  expect(await listPartitionIds(scene.mira, ref)).toEqual(['design|2026-11-22'])
  await lead('elsewhere/')
  expect(await listPartitionIds(scene.mira, ref)).toEqual(['api|2026-11-23'])
  await lead('')
  expect(await listPartitionIds(scene.mira, ref)).toEqual(['design|2026-11-22'])
})

test('what is found after a move is not kept', async () => {
  const ref = await addDataset(scene.mira, 'moving', partitioned())
  const row = await readAs(scene.mira, datasetKind, 'see', ref, async ({ row }) => row)
  await moveTo(ref, OTHER)
  const late = await failureOf(inTransaction((tx) => holdDataset(tx, row)))
  expect([late.kind, late.details.reason]).toEqual(['conflict', 'moved-meanwhile'])
})

const STARTS = {
  'list-partitions': (ref: DatasetRef) => startListDatasetPartitions(scene.mira, ref),
  'test-and-detect': (ref: DatasetRef) => startTestAndDetect(scene.mira, ref, false),
  'compute-metrics': (ref: DatasetRef) =>
    startComputeMetrics(scene.mira, ref, { metricIds: [...METRIC_IDS], partition: null }),
}
type JobKind = keyof typeof STARTS
const KINDS = Object.keys(STARTS) as JobKind[]

type Run = JobHandler['run']

/** Runs a job of a new dataset as a worker would, with something done around its work; tells what is kept of it. */
async function runWith(kind: JobKind, name: string, around: (ref: DatasetRef, work: Run) => Run) {
  const ref = await addDataset(scene.mira, name, partitioned())
  const { jobId } = await STARTS[kind](ref)
  await runJob(jobId, NEVER, (asked) => {
    const handler = handlerFor(asked)
    return handler && { ...handler, run: around(ref, handler.run) }
  })
  const items = await database().jobItem.count({ where: { jobId } })
  const { state, result, error } = await rowOf(jobId)
  return { ref, state, result, error, items }
}

const MOVED = { code: 'conflict', reason: 'moved-meanwhile' }

test.each(KINDS)('nor is what a job found that ends after a move: %s', async (kind) => {
  const { ref, ...kept } = await runWith(kind, `late-${kind}`, (moved, work) => async (job, payload) => {
    const result = await work(job, payload)
    await moveTo(moved, OTHER)
    return result
  })
  expect(kept).toMatchObject({ state: 'failed', result: null, error: MOVED, items: 0 })
  expect(await findingsOf(ref)).toEqual([null, 0, 0, 0])
})

test('nor are partitions that a listing finds after it', async () => {
  const kept = await runWith('list-partitions', 'finding', (moved, work) => (job, payload) => {
    const append: typeof job.append = async (items) => {
      await moveTo(moved, OTHER)
      await job.append(items)
    }
    return work({ ...job, append }, payload)
  })
  expect(kept).toMatchObject({ state: 'failed', result: null, error: MOVED, items: 0 })
})

test('nor is what a listing has found until somebody cancels it', async () => {
  const kept = await runWith('list-partitions', 'canceled', (moved, work) => async (job, payload) => {
    await work(job, payload)
    await moveTo(moved, OTHER)
    await cancelJob(scene.mira, job.id)
    return untilAborted(job)
  })
  expect(kept).toMatchObject({ state: 'canceled', result: null, error: null, items: 0 })
})

test('what a job finds while its dataset stands, or is renamed, is kept', async () => {
  const { ref, ...kept } = await runWith(
    'list-partitions',
    'standing',
    (named, work) => async (job, payload) => {
      const result = await work(job, payload)
      await renameDataset(scene.mira, named, 'renamed')
      return result
    },
  )
  expect(kept).toMatchObject({ state: 'succeeded', result: { complete: true }, items: 1 })
  expect(await findingsOf({ ...ref, name: 'renamed' })).toEqual([1, 0, 0, 0])
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
