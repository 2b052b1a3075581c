import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collectGarbage } from '../testing/held-bytes'
import { TextsAside } from './texts-aside'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'texts-aside-'))
})
afterAll(() => rm(folder, { recursive: true }))

const many = () => new Set(Array.from({ length: 100_000 }, (_, n) => `node\n"${n}"|2026-11-${n % 30}`))
const ENDS = '\n\r\u0085\u2028\u2029\ud800'
const withEnds = new Set(Array.from({ length: 10_000 }, (_, n) => `${ENDS}${n}`))

test.each([
  ['few', new Set(['b', 'a', '\n"é'])] as const,
  ['many', many()] as const,
  ['torn', withEnds] as const,
])('%s texts are given in their order, again after a rest', async (_, texts) => {
  const aside = await TextsAside.of(texts, () => folder)
  expect([...(await aside.all())]).toEqual([...texts])
  await sleep(2_100)
  expect([...(await aside.all())]).toEqual([...texts])
  await aside.close()
  expect(await readdir(folder)).toEqual([])
})

test('many texts are not held while nobody asks for them', async () => {
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  const aside = await TextsAside.of(many(), () => folder)
  collectGarbage()
  expect(process.memoryUsage().heapUsed - before).toBeGreaterThan(4e6)
  await sleep(2_100)
  collectGarbage()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(256 * 1024)
  await aside.close()
})

test('texts for which no file can be written are held', async () => {
  const aside = await TextsAside.of(many(), () => '/dev/null/no-folder')
  await sleep(2_100)
  expect((await aside.all()).size).toBe(100_000)
  await aside.close()
})
