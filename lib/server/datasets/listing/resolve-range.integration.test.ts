import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { listDatasetPartitions } from './list-partitions'
import { resolveRange } from './resolve-range'
import { suggestForPaths } from './suggest-for-paths'

let drop: () => Promise<void>
let scene: DatasetScene
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  for (const day of ['20', '21', '22'])
    for (const node of ['api', 'design']) await scene.put(`logs/${node}/2026/11/${day}/a.log`, 'one\n')
})
afterAll(() => drop())

test('a range comes to partitions by the kept listing, and to none before there is one', async () => {
  const { mira } = scene
  const logs = await addDataset(mira, 'logs', definitionOver('/logs/', { partitioning: BY_NODE_AND_DAY }))
  expect((await failureOf(resolveRange(mira, logs, '*|*'))).details.reason).toBe('not-listed')
  await listDatasetPartitions(mira, logs, () => undefined)
  expect(await resolveRange(mira, logs, 'api|2026-11-21/2026-11-30')).toEqual({
    ids: ['api|2026-11-21', 'api|2026-11-22'],
  })
  expect(await resolveRange(mira, logs, '*|LATEST(1)')).toEqual({
    ids: ['api|2026-11-22', 'design|2026-11-22'],
  })
  expect(await resolveRange(mira, logs, 'api|2031-01-01')).toEqual({ ids: [] })
  expect((await failureOf(resolveRange(mira, logs, 'api'))).kind).toBe('validation_failed')
  expect((await failureOf(resolveRange(scene.auditor, logs, '*|*'))).kind).toBe('not_found')
  const whole = await addDataset(mira, 'whole', definitionOver('/logs/'))
  expect(await resolveRange(mira, whole, 'ALL')).toEqual({ ids: ['NP'] })
})

test('paths of a connection get the suggestions of the wizard', async () => {
  const examples = ['api', 'design'].map((node) => ({ path: `/${node}/2026/11/22/a.log` }))
  const { suggestions } = await suggestForPaths(scene.mira, { connection: LAKE, examples })
  expect(suggestions[0]).toMatchObject({ filePathPattern: '/%{node_type}/%Y/%M/%D/.*', matched: 2, total: 2 })
  const refusal = suggestForPaths(scene.auditor, { connection: LAKE, examples })
  expect((await failureOf(refusal)).kind).toBe('forbidden')
})
