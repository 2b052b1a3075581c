import type http from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newDefinition } from '#lib/domain/datasets/definition'
import { runJob } from '../../jobs/run-job'
import { closeQueue } from '../../platform/queue'
import { cancelJob } from '../../progress/commands'
import { freshDatabase } from '../../testing/database'
import { addDataset, type DatasetScene, makeDatasetScene } from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { NEVER } from '../../testing/job-scene'
import { type LoopbackServer, startServer } from '../../testing/loopback-store'
import { openSlowConnection, respondFile, respondListing, SLOW_CSV } from '../../testing/slow-files'
import { getFuture } from '../dss/futures'
import { startTestAndDetect } from './test-and-detect'

let drop: () => Promise<void>
let scene: DatasetScene
let store: LoopbackServer
const allowed = process.env.LAUNCHPAD_ALLOWED_ENDPOINTS
const NAMES = ['a', 'b', 'c']

/** What of the store's files waits until it is let go. */
let held: (() => void)[] = []
let isHeld = (_name: string, _time: number) => false
const asked = new Map<string, number>()

beforeAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = '127.0.0.0/8'
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  store = await startServer(answer)
  await openSlowConnection(scene, store.endpoint)
  const base = newDefinition()
  await addDataset(scene.mira, 'slow', { ...base, params: { ...base.params, connection: 'slow', path: '/' } })
})
afterAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = allowed
  await closeQueue()
  await store.close()
  await drop()
})
beforeEach(() => {
  held = []
  asked.clear()
})

function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://store')
  const name = NAMES.find((one) => pathname.endsWith(`/${one}.csv`))
  if (name === undefined) {
    respondListing(response, NAMES)
    return
  }
  const time = (asked.get(name) ?? 0) + 1
  asked.set(name, time)
  const go = () => respondFile(response).end(SLOW_CSV)
  if (isHeld(name, time)) held.push(go)
  else go()
}

const dataset = { projectKey: 'AUDIT', name: 'slow' }

/** How far the job is, as a DSS client reads it. */
const progressOf = async (jobId: string) => {
  const { name, cur, target } = (await getFuture(scene.mira, jobId, true)).progress.states[0] ?? {}
  return [name, cur, target]
}

/** The look at a file that is held goes on for some seconds. */
const PATIENT = { timeout: 3_500 }

test('a client that waits for a detection reads how many files were looked at, of how many', async () => {
  isHeld = (name, time) => (time === 1 ? name !== 'a' : name === 'c')
  const { jobId } = await startTestAndDetect(scene.mira, dataset, true)
  const running = runJob(jobId, NEVER)
  await expect.poll(() => progressOf(jobId), PATIENT).toEqual(['Looking at files for their format', 1, 3])
  for (const go of held.splice(0)) go()
  await expect.poll(() => progressOf(jobId), PATIENT).toEqual(['Reading the columns of files', 2, 3])
  for (const go of held.splice(0)) go()
  await running
  expect(await getFuture(scene.mira, jobId, false)).toMatchObject({
    hasResult: true,
    result: { format: { ok: true, type: 'csv' } },
  })
})

test.each([1, 2])('a detection that waits for a file is canceled: at look %d', async (look) => {
  isHeld = (name, time) => name === 'b' && time === look
  const { jobId } = await startTestAndDetect(scene.mira, dataset, look === 1)
  const running = runJob(jobId, NEVER)
  await expect.poll(async () => (await progressOf(jobId)).slice(1), PATIENT).toEqual([2, 3])
  await expect.poll(() => held.length, PATIENT).toBe(1)
  const askedAt = Date.now()
  await cancelJob(scene.mira, jobId)
  await running
  expect(Date.now() - askedAt).toBeLessThan(2_000)
  expect((await failureOf(getFuture(scene.mira, jobId, false))).details.reason).toBe('aborted')
})
