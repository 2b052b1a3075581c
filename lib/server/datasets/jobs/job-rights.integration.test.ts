import { afterAll, beforeAll, expect, test } from 'vitest'
import { METRIC_IDS } from '#lib/domain/datasets/metrics'
import type { Context } from '../../access/caller'
import { MOST_UNDER_WAY } from '../../access/enqueue-job'
import { runJob } from '../../jobs/run-job'
import { database } from '../../platform/db/client'
import { createProject, deleteProject } from '../../projects/commands'
import { permit, selected } from '../../testing/connection-scene'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
  PROJECT,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { enqueue, NEVER } from '../../testing/job-scene'
import { deleteDataset, renameDataset } from '../commands'
import { startTestAndDetect } from '../detection/test-and-detect'
import { abortDssJob, listDssJobs, readDssJobLog } from '../dss/dss-jobs'
import { getFuture } from '../dss/futures'
import { startListDatasetPartitions } from '../listing/start-listing'
import { startComputeMetrics } from '../metrics/metrics'
import { getJob, readJobItems } from './job-queries'
import { getProjectJob, listProjectJobs } from './list-project-jobs'

let drop: () => Promise<void>
let scene: DatasetScene
const logs = { projectKey: PROJECT, name: 'logs' }
const partitioned = { ...definitionOver('/logs/'), partitioning: BY_NODE_AND_DAY }

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  await scene.put('logs/api/2026/11/22/a.log', 'one\ntwo\n')
  await addDataset(scene.mira, logs.name, partitioned)
})
afterAll(() => drop())

test('the same work asked twice is one job, in whatever order its parts are named', async () => {
  const { mira } = scene
  const [first, again, other] = [
    await startTestAndDetect(mira, logs, true),
    await startTestAndDetect(mira, logs, true),
    await startTestAndDetect(mira, logs, false),
  ]
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
  const metrics = await startComputeMetrics(mira, logs, { partition: null, metricIds: [...METRIC_IDS] })
  const turned = { partition: 'ALL', metricIds: [...METRIC_IDS].reverse() }
  expect(await startComputeMetrics(mira, logs, turned)).toEqual(metrics)
})

test('aborting a job that has ended says so', async () => {
  const { mira } = scene
  const { jobId } = await startTestAndDetect(mira, logs, true)
  const ref = { projectKey: PROJECT, jobId }
  expect(await abortDssJob(mira, ref)).toMatchObject({ success: true })
  expect(await abortDssJob(mira, ref)).toMatchObject({ success: false })
})

test('results take the right on their dataset anew', async () => {
  const { mira, admin, groupId } = scene
  const detection = await startTestAndDetect(mira, logs, true)
  const listing = await startListDatasetPartitions(mira, logs)
  for (const { jobId } of [detection, listing]) await runJob(jobId, NEVER)
  expect((await readJobItems(mira, listing.jobId, 0)).items).not.toHaveLength(0)
  expect(await getFuture(mira, detection.jobId, false)).toHaveProperty('result')
  await permit(admin, LAKE, { ...selected(groupId('space_administrators')), readRequired: true })
  for (const { jobId } of [detection, listing]) {
    expect((await failureOf(getJob(mira, jobId))).kind).toMatch(/forbidden|not_found/)
    expect((await failureOf(getFuture(mira, jobId, false))).kind).toMatch(/forbidden|not_found/)
    expect((await failureOf(readJobItems(mira, jobId, 0))).kind).toMatch(/forbidden|not_found/)
    const told = await getProjectJob(mira, { projectKey: PROJECT, jobId })
    expect([told.state, told.outcome, told.warnings]).toEqual([
      'succeeded',
      [],
      [expect.stringMatching('you may not read it')],
    ])
    expect((await getProjectJob(admin, { projectKey: PROJECT, jobId })).outcome).not.toEqual([])
  }
  await permit(admin, LAKE, selected(groupId('designers'), groupId('space_administrators')))
  expect(await getFuture(mira, detection.jobId, false)).toHaveProperty('result')
})

test('administrators look after jobs whose results are not for them', async () => {
  const { mira, admin, groupId } = scene
  const detection = await startTestAndDetect(mira, logs, true)
  const listing = await startListDatasetPartitions(mira, logs)
  await permit(admin, LAKE, { ...selected(groupId('designers')), readRequired: true })
  for (const { jobId } of [detection, listing]) {
    expect(await getJob(admin, jobId)).toMatchObject({ state: 'queued', message: '', canCancel: true })
    await runJob(jobId, NEVER)
    expect((await getJob(mira, jobId)).result).not.toBeNull()
    const notShown = expect.stringMatching('What it found is not shown')
    expect(await getJob(admin, jobId)).toMatchObject({ state: 'succeeded', result: null, message: notShown })
    expect(await getFuture(admin, jobId, true)).toMatchObject({ alive: false, hasResult: false })
    // A client that waits for a result asks until there is one, or a refusal.
    expect(await failureOf(getFuture(admin, jobId, false))).toMatchObject({
      kind: 'forbidden',
      message: notShown,
    })
    expect((await failureOf(readJobItems(admin, jobId, 0))).kind).toBe('forbidden')
    expect(await getProjectJob(admin, { projectKey: PROJECT, jobId })).toMatchObject({
      state: 'succeeded',
      outcome: [],
      warnings: [notShown],
    })
  }
  await permit(admin, LAKE, selected(groupId('designers'), groupId('space_administrators')))
  for (const { jobId } of [detection, listing]) expect((await getJob(admin, jobId)).result).not.toBeNull()
})

test('what made a job fail is told to who may read what it is about, and which right is missing to others', async () => {
  const { mira, admin, groupId, root } = scene
  const { jobId } = await startListDatasetPartitions(mira, logs)
  const error = {
    code: 'forbidden',
    message: `The store refused ${root}logs/secret.log of bucket quarry.`,
    reason: 'ERR_CONNECTION_ACCESS_DENIED',
    where: `quarry${root}`,
  }
  await database().job.updateMany({
    where: { id: jobId },
    data: { state: 'failed', error, finishedAt: new Date() },
  })
  /** Everything that each API and the pages tell of it, and the error of each. */
  const ask = async (caller: Context) => {
    const list = await listProjectJobs(caller, PROJECT)
    const one = await getProjectJob(caller, { projectKey: PROJECT, jobId })
    const log = await readDssJobLog(caller, { projectKey: PROJECT, jobId })
    const job = await getJob(caller, jobId)
    const future = await failureOf(getFuture(caller, jobId, false))
    const errors = [list.jobs.find(({ id }) => id === jobId)?.error, one.error, job.error]
    return { errors, future, text: JSON.stringify([list, one, log, job, future.message, future.details]) }
  }
  for (const caller of [mira, admin]) {
    const told = await ask(caller)
    expect(told.errors).toEqual([error, error, error])
    expect(told.future.message).toBe(error.message)
  }
  await permit(admin, LAKE, { ...selected(groupId('designers')), readRequired: true })
  expect((await ask(mira)).errors).toEqual([error, error, error])
  const hidden = await ask(admin)
  const general = {
    code: 'forbidden',
    reason: 'error-not-shown',
    message: expect.stringMatching(
      /^The job failed. Why is not shown: you need to be named in “Freely usable by” of lake\b/,
    ),
    ask: expect.any(Array),
  }
  expect(hidden.errors).toEqual([general, general, general])
  expect(hidden.future).toMatchObject({ message: general.message, details: { reason: 'error-not-shown' } })
  expect(hidden.text).not.toMatch(/quarry|secret\.log/)
  // Whoever started it is no exception, and hears all the same that it was the right that ended.
  await permit(admin, LAKE, { ...selected(groupId('space_administrators')), readRequired: true })
  expect((await ask(mira)).text).not.toMatch(/quarry|secret\.log/)
  const denied = { code: 'forbidden', message: 'You need more.', reason: 'denied', where: 'logs' }
  await database().job.updateMany({ where: { id: jobId }, data: { error: denied } })
  expect((await ask(mira)).errors).toEqual([denied, denied, denied])
  await permit(admin, LAKE, selected(groupId('designers'), groupId('space_administrators')))
})

test('one caller has so many jobs under way and no more', async () => {
  const { auditor, mira } = scene
  const asked = await Promise.allSettled(Array.from({ length: MOST_UNDER_WAY + 5 }, () => enqueue(auditor)))
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(MOST_UNDER_WAY)
  expect(await failureOf(enqueue(auditor))).toMatchObject({
    kind: 'limit_exceeded',
    details: { reason: 'too-many-jobs' },
  })
  expect((await enqueue(mira)).fresh).toBe(true)
  await database().job.deleteMany({ where: { kind: 'count' } })
  expect((await enqueue(auditor)).fresh).toBe(true)
})

test('a dataset is created also where its caller may start no further job', async () => {
  const { mira } = scene
  await Promise.all(Array.from({ length: MOST_UNDER_WAY }, () => enqueue(mira).catch(() => null)))
  expect((await failureOf(enqueue(mira))).details.reason).toBe('too-many-jobs')
  await addDataset(mira, 'busy', partitioned)
  await database().job.deleteMany({ where: { kind: 'count' } })
  const { jobId } = await startListDatasetPartitions(mira, { ...logs, name: 'busy' })
  expect((await getJob(mira, jobId)).state).toBe('queued')
  await database().job.delete({ where: { id: jobId } })
  await deleteDataset(mira, { ...logs, name: 'busy' })
})

test('what is made under a name again has no part in the jobs of what had it before', async () => {
  const { mira } = scene
  const { jobId } = await startTestAndDetect(mira, logs, false)
  await runJob(jobId, NEVER)
  await deleteDataset(mira, logs)
  await addDataset(mira, logs.name, partitioned)
  expect((await failureOf(getFuture(mira, jobId, false))).kind).toBe('not_found')
  expect((await listDssJobs(mira, PROJECT)).map((job) => job.baseStatus.def.id)).toContain(jobId)
  // One that was there before the jobs, and gets the name, has none either.
  await addDataset(mira, 'older', partitioned)
  const own = await startTestAndDetect(mira, logs, false)
  await runJob(own.jobId, NEVER)
  await deleteDataset(mira, logs)
  await renameDataset(mira, { ...logs, name: 'older' }, logs.name)
  expect((await failureOf(getFuture(mira, own.jobId, false))).kind).toBe('not_found')
  const { jobs } = await listProjectJobs(mira, PROJECT, { dataset: logs.name })
  expect(jobs.find(({ id }) => id === own.jobId)).toMatchObject({ isThere: false })
  await deleteProject(mira, PROJECT)
  await createProject(mira, { key: PROJECT, name: 'Another', description: '' })
  expect(await listDssJobs(mira, PROJECT)).toEqual([])
})
