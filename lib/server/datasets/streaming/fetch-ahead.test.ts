import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { AheadPlaces, fetchAhead } from './fetch-ahead'

interface File {
  name: string
  sizeBytes: number
}

const LIMITS = { maxBytes: 100, maxFiles: 3, places: new AheadPlaces(100) }

async function* listed(sizes: number[], told: { isLeft?: boolean } = {}) {
  try {
    for (const [index, sizeBytes] of sizes.entries()) yield { name: String(index), sizeBytes }
  } finally {
    told.isLeft = true
  }
}

const bytesOf = ({ name }: File) => Buffer.from(name)

/** What was fetched by the time of each file's turn. */
async function follow(sizes: number[]) {
  const fetched: string[] = []
  const fetch = async (file: File) => {
    fetched.push(file.name)
    return bytesOf(file)
  }
  const turns: string[] = []
  for await (const { source, bytes } of fetchAhead(listed(sizes), fetch, LIMITS)) {
    const text = (await bytes())?.toString() ?? 'by its turn'
    turns.push(`${source.name}: ${text}, fetched ${fetched.join('')}`)
  }
  return turns
}

test('small files are fetched before their turn, a few and no more bytes than allowed', async () => {
  expect(await follow([10, 10, 10, 10, 10, 10])).toEqual([
    '0: 0, fetched 0123',
    '1: 1, fetched 01234',
    '2: 2, fetched 012345',
    '3: 3, fetched 012345',
    '4: 4, fetched 012345',
    '5: 5, fetched 012345',
  ])
  expect(await follow([60, 30, 30, 90])).toEqual([
    '0: 0, fetched 01',
    '1: 1, fetched 012',
    '2: 2, fetched 012',
    '3: 3, fetched 0123',
  ])
})

test('large files wait for their turn', async () => {
  expect(await follow([500, 10, 500, 20])).toEqual([
    '0: by its turn, fetched 1',
    '1: 1, fetched 1',
    '2: by its turn, fetched 13',
    '3: 3, fetched 13',
  ])
})

test('a file that cannot be had is told at its turn', async () => {
  const fetch = async (file: File) => {
    if (file.name === '1') throw new Error('gone')
    return bytesOf(file)
  }
  const turns: string[] = []
  const reading = (async () => {
    for await (const { bytes } of fetchAhead(listed([1, 1, 1]), fetch, LIMITS))
      turns.push(String(await bytes()))
  })()
  await expect(reading).rejects.toThrow('gone')
  expect(turns).toEqual(['0'])
})

test('leaving ends what was begun', async () => {
  const told: { isLeft?: boolean } = {}
  let ended = 0
  const fetch = async (_: File, left: AbortSignal) => {
    await sleep(60_000, undefined, { signal: left }).catch(() => ended++)
    return undefined
  }
  for await (const _ of fetchAhead(listed([1, 1, 1], told), fetch, LIMITS)) break
  expect([told.isLeft, ended]).toEqual([true, 3])
})

test('all streams together fetch no more before their turn than there are places, and none waits for one', async () => {
  const places = new AheadPlaces(2)
  let [open, most] = [0, 0]
  const fetch = async (file: File) => {
    most = Math.max(most, ++open)
    await sleep(2)
    open--
    return bytesOf(file)
  }
  const read = async () => {
    const texts: string[] = []
    for await (const { bytes } of fetchAhead(listed([1, 1, 1, 1, 1]), fetch, { ...LIMITS, places }))
      texts.push(String(await bytes()))
    return texts.join('')
  }
  expect(await Promise.all([read(), read(), read()])).toEqual(['01234', '01234', '01234'])
  // One of each stream, whose turn it is, and two besides.
  expect(most).toBeLessThanOrEqual(5)
  expect(most).toBeGreaterThan(3)
})

test('the place of a file that cannot be had, or is left, is free again', async () => {
  const places = new AheadPlaces(1)
  const fetch = async (_: File, left: AbortSignal) => {
    await sleep(60_000, undefined, { signal: left })
    return undefined
  }
  for await (const _ of fetchAhead(listed([1, 1, 1]), fetch, { ...LIMITS, places })) break
  expect(places.take()).toBe(true)
})
