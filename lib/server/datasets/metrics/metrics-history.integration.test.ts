import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  KEPT_OF_PARTITION,
  KEPT_OF_WHOLE,
  METRIC_IDS,
  type MetricId,
  type MetricsRequest,
} from '#lib/domain/datasets/metrics'
import type { Context } from '../../access/caller'
import { runJob } from '../../jobs/run-job'
import { database } from '../../platform/db/client'
import { inTransaction } from '../../platform/db/transaction'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  PROJECT,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { NEVER } from '../../testing/job-scene'
import { deleteDataset } from '../commands'
import { datasetKind } from '../dataset-kind'
import { saveDssSchema } from '../dss/dss-schema'
import { getMetrics, getMetricsHistory, startComputeMetrics } from './metrics'
import { computeMetrics } from './metrics-compute'
import { keepMetricValues } from './metrics-keep'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context
const logs = { projectKey: PROJECT, name: 'logs' }
const whole = { partition: null, metricIds: [...METRIC_IDS] }
const RECORDS: MetricId = 'records:COUNT_RECORDS'

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  await scene.put('logs/api/2026/11/21/a.log', 'a\nb\n')
  await scene.put('logs/api/2026/11/22/a.log', 'a\n')
  await addDataset(mira, logs.name, { ...definitionOver('/logs/'), partitioning: BY_NODE_AND_DAY })
})
afterAll(() => drop())

async function compute(ctx: Context, request: MetricsRequest = whole): Promise<void> {
  const { jobId } = await startComputeMetrics(ctx, logs, request)
  await runJob(jobId, NEVER)
}

const recordsOf = async (partition: string | null) =>
  (await getMetricsHistory(mira, logs, { partition, metric: RECORDS })).points.map(({ value }) => value)

test('each computation adds its values, with who asked for it and when', async () => {
  await compute(mira)
  await scene.put('logs/api/2026/11/22/b.log', 'b\nc\n')
  await compute(scene.admin)
  const { points, partition, keeps } = await getMetricsHistory(mira, logs, { partition: null })
  expect({ partition, keeps }).toEqual({ partition: 'ALL', keeps: KEPT_OF_WHOLE })
  expect(points).toHaveLength(2 * METRIC_IDS.length)
  const records = points.filter(({ metric }) => metric === RECORDS)
  expect(records.map(({ value, computedBy }) => [value, computedBy])).toEqual([
    [5, 'ada'],
    [3, 'mira'],
  ])
  expect(await recordsOf('api|2026-11-22')).toEqual([3, 1])
})

test('a folder named as the whole dataset is no partition, and in nobody’s way', async () => {
  for (const folder of ['a', 'ALL', 'NP']) await scene.put(`named/${folder}/a.log`, 'a\n')
  const named = { projectKey: PROJECT, name: 'named' }
  const dimensions = [{ name: 'folder', type: 'value' as const }]
  const partitioning = { dimensions, filePathPattern: '/%{folder}/.*' }
  await addDataset(mira, named.name, { ...definitionOver('/named/'), partitioning })
  const { values } = await computeMetrics(mira, named, whole, () => undefined)
  expect(values.find(({ metric }) => metric === RECORDS)?.value).toBe(1)
  expect((await getMetrics(mira, named)).partitions.map(({ id }) => id)).toEqual(['a'])
  await deleteDataset(mira, named)
})

test('one partition alone adds to its own history', async () => {
  await compute(mira, { ...whole, partition: 'api|2026-11-21' })
  expect(await recordsOf('api|2026-11-21')).toEqual([2, 2, 2])
  expect(await recordsOf('api|2026-11-22')).toHaveLength(2)
  expect(await recordsOf('ALL')).toHaveLength(2)
})

test('values by earlier settings are told as stale', async () => {
  await saveDssSchema(mira, logs, { columns: [{ name: 'text', type: 'string', source: 'line' }] })
  const { points } = await getMetricsHistory(mira, logs, { partition: null })
  expect(points.every(({ stale }) => stale)).toBe(true)
})

test('the newest few are kept, and nothing of partitions that are gone', async () => {
  const row = await inTransaction((tx) => datasetKind.load(tx, scene.spaceId, logs))
  if (!row) throw new Error('The dataset is not there.')
  const at = (second: number) => new Date(Date.UTC(2030, 0, 1, 0, 0, second))
  const partitions = ['ALL', 'api|2026-11-22']
  const { spaceId, id: datasetId } = row
  await database().metricPoint.createMany({
    data: partitions.flatMap((partition) =>
      Array.from({ length: KEPT_OF_WHOLE + 5 }, (_, second) => ({
        ...{ spaceId, datasetId, partition, metric: RECORDS, version: 1, value: second },
        computedAt: at(second),
      })),
    ),
  })
  const keep = (second: number, replaces: boolean) => {
    const values = partitions.map((partition) => ({
      ...{ metric: RECORDS, partition, value: second, unreadFiles: 0, declaredFiles: 0 },
    }))
    return inTransaction((tx) => keepMetricValues(tx, row, values, { at: at(second), by: 'ada', replaces }))
  }
  await keep(500, false)
  expect(await recordsOf(null)).toHaveLength(KEPT_OF_WHOLE)
  const kept = await recordsOf('api|2026-11-22')
  expect(kept).toHaveLength(KEPT_OF_PARTITION)
  expect(kept.slice(0, 2)).toEqual([500, KEPT_OF_WHOLE + 4])
  expect(await recordsOf('api|2026-11-21')).toHaveLength(3)
  await keep(501, true)
  expect(await recordsOf('api|2026-11-21')).toEqual([])
  expect(await recordsOf('api|2026-11-22')).toHaveLength(KEPT_OF_PARTITION)
  // The other metrics were not computed: what is known of them stays.
  const { points } = await getMetricsHistory(mira, logs, { partition: 'api|2026-11-21' })
  expect(points.length).toBeGreaterThan(0)
})

test('ten thousand partitions are written in a few seconds, time after time', async () => {
  const wide = await addDataset(mira, 'wide', definitionOver('/wide/'))
  const row = await inTransaction((tx) => datasetKind.load(tx, scene.spaceId, wide))
  if (!row) throw new Error('The dataset is not there.')
  const values = Array.from({ length: 10_000 }, (_, n) =>
    METRIC_IDS.map((metric) => ({ metric, partition: `p${n}`, value: n, unreadFiles: 0, declaredFiles: 0 })),
  ).flat()
  for (const second of [1, 2, 3]) {
    const computation = { at: new Date(Date.UTC(2031, 0, 1, 0, 0, second)), by: 'ada', replaces: true }
    const since = performance.now()
    await inTransaction(
      (tx) => keepMetricValues(tx, row, values.slice(second * METRIC_IDS.length), computation),
      60_000,
    )
    expect(performance.now() - since).toBeLessThan(20_000)
  }
  const where = { spaceId: row.spaceId, datasetId: row.id }
  expect(await database().metricPoint.count({ where: { ...where, partition: 'p2' } })).toBe(0)
  expect(await database().metricPoint.count({ where: { ...where, partition: 'p9999' } })).toBe(
    3 * METRIC_IDS.length,
  )
  await database().dataset.deleteMany({ where: { name: 'wide' } })
})

test('is for those who may read the dataset, and goes with it', async () => {
  const ask = (ctx: Context) => getMetricsHistory(ctx, logs, { partition: null })
  expect((await failureOf(ask(scene.auditor))).kind).toBe('not_found')
  expect((await failureOf(ask(scene.stranger))).kind).toBe('not_found')
  await database().dataset.deleteMany({ where: { name: 'logs' } })
  expect(await database().metricPoint.count()).toBe(0)
})
