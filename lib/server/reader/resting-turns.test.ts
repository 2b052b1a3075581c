import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { manyPages, ofBytes } from '#lib/server/testing/packed-lines'
import { gatherCount, NEVER } from '#lib/server/testing/read-bytes'
import { readRecords } from './read-records'

const FILE = manyPages()
const ROWS = 3_000

const readParquet = (restAfterMs: number) =>
  readRecords(
    { bytes: ofBytes(FILE), path: '/a' },
    { type: 'parquet', params: {} },
    { inTurn: true, restAfterMs },
    NEVER,
  )

it('a resting reading of Parquet gives way to others that wait for their turn', async () => {
  const begun = Array.from({ length: 3 }, () => readParquet(30)[Symbol.asyncIterator]())
  // Two read, and neither stands still for long: the third comes to its turn all the same.
  const third = begun.map((batches) => batches.next())[2]
  let came = false
  third?.then(() => {
    came = true
  })
  for (let turn = 0; turn < 200 && !came; turn++) {
    await sleep(5)
    await Promise.all(begun.slice(0, 2).map((batches) => batches.next()))
  }
  expect(came).toBe(true)
  // Not since the first was at its end.
  expect((await begun[0]?.next())?.done).toBe(false)
  for (const batches of begun) await batches.return?.()
  expect(await gatherCount(readParquet(20))).toBe(ROWS)
})
