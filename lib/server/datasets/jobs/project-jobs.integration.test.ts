import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { METRIC_IDS } from '#lib/domain/datasets/metrics'
import type { Context } from '../../access/caller'
import { runJob } from '../../jobs/run-job'
import { database } from '../../platform/db/client'
import { cancelJob } from '../../progress/commands'
import { createProject } from '../../projects/commands'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  PROJECT,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { enqueue, NEVER } from '../../testing/job-scene'
import { deleteDataset, renameDataset } from '../commands'
import { startListDatasetPartitions } from '../listing/start-listing'
import { startComputeMetrics } from '../metrics/metrics'
import { getProjectJob, listProjectJobs } from './list-project-jobs'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context
const logs = { projectKey: PROJECT, name: 'logs' }
const broken = { projectKey: PROJECT, name: 'broken' }
const request = { partition: null, metricIds: [...METRIC_IDS] }

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  await scene.put('logs/a.log', 'a\nb\n')
  await scene.put('broken/a.log.gz', gzipSync('a\n'.repeat(50_000)).subarray(0, 60))
  await addDataset(mira, logs.name, definitionOver('/logs/'))
  await addDataset(mira, broken.name, definitionOver('/broken/'))
})
afterAll(() => drop())

async function computed(ref: typeof logs, ctx = mira) {
  const { jobId } = await startComputeMetrics(ctx, ref, request)
  await runJob(jobId, NEVER)
  return jobId
}

describe('jobs of a project', () => {
  test('tell what was asked, what it gave and how it went', async () => {
    const jobId = await computed(logs)
    expect(await getProjectJob(mira, { projectKey: PROJECT, jobId })).toMatchObject({
      kind: 'compute-metrics',
      state: 'succeeded',
      dataset: 'logs',
      isThere: true,
      startedBy: 'mira',
      origin: 'browser',
      keyLabel: null,
      attempts: 1,
      parameters: [
        { name: 'Metrics', value: 'Files, Size, Columns, Records' },
        { name: 'Of', value: 'the whole dataset, and each partition' },
      ],
      outcome: [
        { name: 'Files', value: '1' },
        { name: 'Size', value: '4 B' },
        { name: 'Columns', value: '1' },
        { name: 'Records', value: '2' },
      ],
      warnings: [],
      log: expect.stringContaining('compute-metrics of AUDIT.logs was asked for by mira'),
    })
  })

  test('are found by state, kind and dataset', async () => {
    const failed = await computed(broken)
    const { jobId: stopped } = await startListDatasetPartitions(mira, logs)
    const waiting = await listProjectJobs(mira, PROJECT, { state: 'under-way' })
    expect(waiting.jobs.map(({ id, canCancel }) => [id, canCancel])).toEqual([[stopped, true]])
    await cancelJob(mira, stopped)
    const idsOf = async (query: Parameters<typeof listProjectJobs>[2]) =>
      (await listProjectJobs(mira, PROJECT, query)).jobs.map(({ id }) => id)
    expect(await idsOf({ state: 'failed' })).toEqual([failed])
    expect(await idsOf({ state: 'canceled' })).toEqual([stopped])
    expect(await idsOf({ kind: 'list-partitions' })).toEqual([stopped])
    expect(await idsOf({ dataset: 'broken' })).toEqual([failed])
    expect(await idsOf({ dataset: 'none' })).toEqual([])
    const { error } = await getProjectJob(mira, { projectKey: PROJECT, jobId: failed })
    expect(error).toMatchObject({
      message: expect.any(String),
      where: expect.stringContaining('broken/a.log.gz'),
    })
  })

  test('come by pages, newest first', async () => {
    const first = await listProjectJobs(mira, PROJECT, {}, 2)
    expect(first.jobs).toHaveLength(2)
    const second = await listProjectJobs(mira, PROJECT, { before: first.next ?? '' }, 2)
    const ids = [...first.jobs, ...second.jobs].map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    expect([...ids].sort().reverse()).toEqual(ids)
    expect(second.next).toBeNull()
  })

  test('are those of whoever asks; administrators see all, others of the project none', async () => {
    const [{ id: jobId } = { id: '' }] = (await listProjectJobs(mira, PROJECT)).jobs
    expect((await listProjectJobs(scene.admin, PROJECT)).jobs.map(({ id }) => id)).toContain(jobId)
    expect((await failureOf(listProjectJobs(scene.auditor, PROJECT))).kind).toBe('not_found')
    expect((await failureOf(getProjectJob(scene.auditor, { projectKey: PROJECT, jobId }))).kind).toBe(
      'not_found',
    )
  })

  test('are told apart from those of a project with a like key', async () => {
    await createProject(mira, { key: 'AUD_T', name: 'Alike', description: '' })
    expect((await listProjectJobs(mira, 'AUD_T')).jobs).toEqual([])
    const [{ id: jobId } = { id: '' }] = (await listProjectJobs(mira, PROJECT)).jobs
    expect((await failureOf(getProjectJob(mira, { projectKey: 'AUD_T', jobId }))).kind).toBe('not_found')
  })

  test('go along with a renamed dataset, those under way too', async () => {
    const { jobId } = await startListDatasetPartitions(mira, logs)
    const named = async () => (await listProjectJobs(mira, PROJECT, { dataset: 'renamed' })).jobs
    const before = (await listProjectJobs(mira, PROJECT, { dataset: 'logs' })).jobs.map(({ id }) => id)
    await renameDataset(mira, logs, 'renamed')
    expect((await named()).map(({ id }) => id)).toEqual(before)
    expect((await named()).every(({ isThere }) => isThere)).toBe(true)
    await runJob(jobId, NEVER)
    expect(await getProjectJob(mira, { projectKey: PROJECT, jobId })).toMatchObject({ state: 'succeeded' })
    await renameDataset(mira, { ...logs, name: 'renamed' }, 'logs')
  })

  test('outlive their dataset', async () => {
    await deleteDataset(mira, broken)
    const { jobs } = await listProjectJobs(mira, PROJECT, { dataset: 'broken' })
    expect(jobs).toMatchObject([{ dataset: 'broken', isThere: false, state: 'failed' }])
  })

  test('of a kind that is not known any more are told as they are', async () => {
    const { jobId } = await enqueue(mira, { objectType: 'dataset', objectId: `${PROJECT}.logs` })
    const found = await getProjectJob(mira, { projectKey: PROJECT, jobId })
    expect(found).toMatchObject({ kind: 'count', parameters: [], outcome: [], warnings: [] })
    await database().job.deleteMany({ where: { id: jobId } })
  })
})
