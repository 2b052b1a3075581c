import { once } from 'node:events'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { filesReport } from '#lib/domain/datasets/files-wire'
import { partitionsSummary } from '#lib/domain/datasets/partitions-wire'
import type { Job } from '#lib/domain/progress/wire'
import { getJob, readJobItems } from '../datasets/jobs/job-queries'
import { startListFiles, startListPartitions } from '../datasets/listing/start-listing'
import { closeQueue } from '../platform/queue'
import { cancelJob } from '../progress/commands'
import { freshDatabase } from '../testing/database'
import {
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
} from '../testing/dataset-scene'
import { enqueue, handlerOf, NEVER, rowOf, run, untilAborted, untilRunning } from '../testing/job-scene'
import { runJob } from './run-job'

/** Of ten objects. */
const GIVEN = vi.hoisted(() => 3)

// Objects come one by one, and after some of them none until the job is stopped.
vi.mock('../datasets/listing/scan-files', async (load) => {
  const real = await load<typeof import('../datasets/listing/scan-files')>()
  return {
    ...real,
    async *scanFiles(...asked: Parameters<typeof real.scanFiles>) {
      const { signal } = asked[0].permit
      let given = 0
      for await (const batch of real.scanFiles(...asked)) {
        for (const object of batch) {
          yield [object]
          if (++given >= GIVEN && !signal.aborted) await once(signal, 'abort')
          signal.throwIfAborted()
        }
      }
    },
  }
})

let drop: () => Promise<void>
let scene: DatasetScene
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  for (let day = 10; day < 20; day++) await scene.put(`logs/n${day}/2026/11/${day}/a.log`, 'x\n')
})
afterAll(async () => {
  await closeQueue()
  await drop()
})

async function stopMidway(
  start: (definition: DatasetDefinition) => Promise<{ jobId: string }>,
): Promise<Job> {
  const { jobId } = await start(definitionOver('/logs/', { partitioning: BY_NODE_AND_DAY }))
  const ran = runJob(jobId, NEVER)
  await vi.waitFor(async () => expect((await rowOf(jobId)).done).toBeGreaterThan(1), { timeout: 30_000 })
  await cancelJob(scene.mira, jobId)
  await ran
  return getJob(scene.mira, jobId)
}

test('a stopped List files keeps what it found', async () => {
  const job = await stopMidway((definition) => startListFiles(scene.mira, { definition }))
  expect(job.state).toBe('canceled')
  const report = filesReport.parse(job.result)
  expect(report.complete).toBe(false)
  expect(report.listed).toBeGreaterThan(1)
  expect(report.listed).toBeLessThan(10)
  expect(report.kept).toBe(report.listed)
  expect(report.kinds).toMatchObject([{ ending: '.log', files: report.listed }])
})

test('a stopped List partitions keeps its ledger and its partitions', async () => {
  const job = await stopMidway((definition) => startListPartitions(scene.mira, { definition }))
  expect(job.state).toBe('canceled')
  const { complete, ledger, partitions } = partitionsSummary.parse(job.result)
  expect(complete).toBe(false)
  expect(partitions).toBe(ledger.matched)
  const { items } = await readJobItems(scene.mira, job.id, 0)
  expect(new Set(items.map((item) => (item as { id: string }).id)).size).toBe(partitions)
})

test('a partial result that cannot be told leaves the job canceled, without one', async () => {
  for (const find of [async () => null, () => Promise.reject(new Error('broken'))]) {
    const { jobId } = await enqueue(scene.mira)
    const ran = run(
      jobId,
      handlerOf((job) => {
        job.keepOnCancel(find)
        return untilAborted(job)
      }),
    )
    await untilRunning(jobId)
    await cancelJob(scene.mira, jobId)
    await ran
    expect(await rowOf(jobId)).toMatchObject({ state: 'canceled', result: null })
  }
})
