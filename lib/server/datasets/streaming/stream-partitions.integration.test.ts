import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { METRIC_IDS } from '#lib/domain/datasets/metrics'
import type { Context } from '../../access/caller'
import { moveClock, now } from '../../platform/clock'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
} from '../../testing/dataset-scene'
import { enterNoon } from '../../testing/enter-noon'
import { failureOf } from '../../testing/failure-of'
import { computeMetrics } from '../metrics/metrics-compute'
import { streamRecords } from './stream-records'

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context
let odd: Ref
let plain: Ref

type Ref = Parameters<typeof streamRecords>[1]

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
  for (const node of ['a,b', '*', 'a'])
    for (const day of ['01', '02']) await scene.put(`odd/${node}/2026/11/${day}/x.log`, `${node} ${day}\n`)
  await scene.put('plain/x.log', 'one\n')
  odd = await addDataset(mira, 'odd', { ...definitionOver('/odd/'), partitioning: BY_NODE_AND_DAY })
  plain = await addDataset(mira, 'plain', definitionOver('/plain/'))
})
afterAll(() => drop())
afterEach(() => moveClock(0))

async function read(ref: Ref, ...partitions: string[]): Promise<string> {
  const request = { partitions, format: 'tsv-excel-noheader', sessionId: null } as const
  let text = ''
  for await (const chunk of await streamRecords(mira, ref, request)) text += chunk
  return text
}

test('a partition that exists is read by its id, whatever its values hold', async () => {
  expect(await read(odd, 'a,b|2026-11-01')).toBe('a,b 01\n')
  expect(await read(odd, '*|2026-11-02')).toBe('* 02\n')
  expect(await read(odd, 'a,b|2026-11-01', 'a|2026-11-01/2026-11-02')).toBe('a,b 01\na 01\na 02\n')
})

test('what is no partition is a range specification, or refused', async () => {
  expect(await read(odd, '*|2026-11-02/2026-11-03')).toBe('* 02\na,b 02\na 02\n')
  const { details, kind } = await failureOf(read(odd, 'c,d|2026-11-01'))
  expect([kind, details.reason, details.where]).toEqual([
    'not_found',
    'ERR_DATASET_PARTITION_EMPTY',
    'c,d|2026-11-01',
  ])
  expect((await failureOf(read(odd, 'c,d|someday'))).details.reason).toBe('invalid-range-specification')
})

test('metrics take a partition for an id and nothing else', async () => {
  const compute = (partition: string) =>
    computeMetrics(mira, odd, { partition, metricIds: [...METRIC_IDS] }, () => undefined)
  const { values } = await compute('*|2026-11-01')
  expect(values.find(({ metric }) => metric === 'basic:COUNT_FILES')).toMatchObject({
    partition: '*|2026-11-01',
    value: 1,
  })
  expect((await compute('a,b|2026-11-01')).values).toHaveLength(METRIC_IDS.length)
  expect((await failureOf(compute('a|2026-11-01/2026-11-02'))).details.reason).toBe('invalid-partition')
})

test('without partitioning there are NP and ALL', async () => {
  for (const partition of ['NP', 'ALL']) expect(await read(plain, partition)).toBe('one\n')
  for (const partition of ['%%%', '2026-11-01', '*'])
    expect((await failureOf(read(plain, partition))).details).toMatchObject({
      reason: 'invalid-range-specification',
      where: partition,
    })
})

test('words that name one period are as the period itself', async () => {
  enterNoon()
  const yesterday = new Date(now().getTime() - 86_400_000).toISOString().slice(0, 10)
  for (const partition of [`a|${yesterday}`, 'a|PREVIOUS_DAY'])
    expect((await failureOf(read(odd, partition))).details).toMatchObject({
      reason: 'ERR_DATASET_PARTITION_EMPTY',
      where: `a|${yesterday}`,
    })
  expect(await read(odd, 'a|PREVIOUS_MONTH').catch(String)).not.toContain('There is no file')
  expect(await read(odd, 'c|LATEST(2)')).toBe('')
})

test('a hundred thousand ids are read as fast as they are sent', async () => {
  const missing = { ...BY_NODE_AND_DAY, considerMissingRequestedPartitionsAsEmpty: true }
  const lax = await addDataset(mira, 'lax', { ...definitionOver('/odd/'), partitioning: missing })
  const ids = Array.from({ length: 100_000 }, (_, n) => `node-${n}|2026-11-01`)
  expect(await read(lax, ...ids, 'a|2026-11-02')).toBe('a 02\n')
  const ranges = ids.slice(0, 2_000).map((id) => `${id}/2026-11-02`)
  expect((await failureOf(read(lax, ...ranges))).details.reason).toBe('too-many-ranges')
})
