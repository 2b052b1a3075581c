import { expect, test } from 'vitest'
import { newDefinition } from '#lib/domain/datasets/definition'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import { estimateObjects } from './estimate-objects'
import { scanFiles } from './scan-files'

const DEFINITION = newDefinition()
const pad = (n: number, digits = 2) => String(n).padStart(digits, '0')
const many = (count: number, write: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => write(n))

/** Days from 2024 on, so many objects in each. */
const byDay = (days: number, each: number, node = '') =>
  many(days * each, (n) => {
    const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(n / each))).toISOString().slice(0, 10)
    return `${node}${day.replaceAll('-', '/')}/${pad(n % each, 4)}.log`
  })
const NODES = ['api', 'automation', 'deployer', 'design', 'fm', 'govern']

/** A look at a bucket, and what listing it really took. */
async function look(keys: readonly string[], mayHold?: (folder: string) => boolean) {
  const { store, asked } = await openMadeUpBucket(keys)
  const cost = await estimateObjects(store, DEFINITION, mayHold)
  expect(cost.probes).toBe(asked.length)
  let requests = 0
  for await (const _ of scanFiles(store, DEFINITION, { onRequest: () => requests++ }));
  return { cost, requests }
}

test.each<[string, string[], number]>([
  ['a page', many(1_000, (n) => `${pad(n, 4)}.log`), 1],
  ['a page and one more', many(1_001, (n) => `${pad(n, 4)}.log`), 2],
  ['two pages', many(2_000, (n) => `${n % 10}/${pad(n, 4)}.log`), 2],
])('%s is counted', async (_, keys, probes) => {
  const { cost, requests } = await look(keys)
  expect(cost).toMatchObject({ objects: keys.length, certainty: 'exact', probes })
  expect(cost.requests).toBe(requests)
})

test.each<[string, string[]]>([
  ['two pages and one more', many(2_001, (n) => `${n % 10}/${pad(n, 4)}.log`)],
  ['3,000 files in folders of days', byDay(100, 30)],
  ['3,000 files of six nodes', NODES.flatMap((node) => byDay(250, 2, `${node}/`))],
  ['5,000 files in one folder', many(5_000, (n) => `${pad(n, 5)}.csv`)],
])('%s: the look takes no more than twelve requests', async (_, keys) => {
  const { cost, requests } = await look(keys)
  expect(cost.probes).toBeLessThanOrEqual(12)
  if (cost.certainty === 'exact') expect(cost.objects).toBe(keys.length)
  if (cost.certainty === 'at-least') expect(cost.objects).toBeLessThanOrEqual(keys.length)
  if (cost.certainty === 'about') {
    expect(cost.objects / keys.length).toBeGreaterThan(0.6)
    expect(cost.objects / keys.length).toBeLessThan(1.6)
  }
  expect(Math.abs(cost.requests - requests)).toBeLessThanOrEqual(2)
})

test('of a large listing it takes a tenth of that, and tells what there is', async () => {
  const keys = NODES.flatMap((node) => byDay(700, 40, `${node}/`))
  const { cost, requests } = await look(keys)
  expect(cost.certainty).toBe('about')
  expect(cost.probes).toBeLessThanOrEqual(Math.max(12, requests / 8))
  expect(cost.objects / keys.length).toBeGreaterThan(0.7)
  expect(cost.objects / keys.length).toBeLessThan(1.4)
  expect(cost.requests / requests).toBeGreaterThan(0.7)
  expect(cost.requests / requests).toBeLessThan(1.4)
})

test('what one way down says is not said of the folders beside it', async () => {
  // One large folder in the middle, and all so deep that there is one walk.
  const deep = (node: string, count: number) => many(count, (n) => `${node}/1/2/3/4/5/6/${pad(n, 5)}.log`)
  const beside = Array.from({ length: 20 }, (_, n) => deep(`m${pad(n)}`, n === 11 ? 900 : 300))
  const keys = [...deep('a', 6_000), ...beside.flat()]
  const { cost } = await look(keys)
  expect(cost.certainty).toBe('at-least')
  expect(cost.objects).toBeLessThanOrEqual(keys.length)
  expect(cost.probes).toBeLessThanOrEqual(12)
})

test('a folder with more than twelve pages is known from below', async () => {
  const keys = many(20_000, (n) => `${pad(n, 6)}.csv`)
  const { cost } = await look(keys)
  expect(cost).toMatchObject({ certainty: 'at-least', foldersTotal: null })
  expect(cost.probes).toBeLessThanOrEqual(12)
  expect(cost.objects).toBeGreaterThanOrEqual(9_000)
  expect(cost.objects).toBeLessThanOrEqual(20_000)
  expect(cost.requests).toBeGreaterThanOrEqual(11)
})

test('folders that are passed by count for nothing, and what is counted beside them is about', async () => {
  const wanted = byDay(50, 2, 'design/')
  const { cost } = await look([...byDay(800, 2, 'api/'), ...wanted], (folder) => !folder.startsWith('/api/'))
  expect(cost.objects).toBe(wanted.length)
  expect(cost).toMatchObject({ certainty: 'about', probes: 2, foldersTotal: 1 })
})

test('it meets paths of all over where it counts them all', async () => {
  const { cost } = await look(many(1_900, (n) => `${n % 19}/${pad(n, 4)}.log`))
  expect(new Set(cost.examples.map((path) => path.split('/')[1])).size).toBeGreaterThan(15)
})
