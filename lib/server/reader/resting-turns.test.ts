import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { zstdDecompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import { buildZip } from '#lib/server/testing/build-zip'
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

it('an archive with a large directory never waits for itself where what is packed in it needs as much', async () => {
  const packed = readFileSync(new URL('fixtures/compressed/zstd-window-128m.zst', import.meta.url))
  const data = zstdDecompressSync(packed)
  const entries = Array.from({ length: 2 }, (_, n) => ({ name: `${n}.log`, data, method: 93, packed }))
  const folders = Array.from({ length: 100 }, (_, n) => ({
    name: `${n}/${'x'.repeat(60_000)}/`,
    data: Buffer.alloc(0),
  }))
  const archive = buildZip([...entries, ...folders])
  const reading = readRecords(
    { bytes: ofBytes(archive), path: '/a.zip' },
    DEFAULT_LINE_FORMAT,
    { inTurn: true, restAfterMs: 600_000 },
    NEVER,
  )
  const lines = data.toString().trimEnd().split('\n').length
  expect(await gatherCount(reading)).toBe(2 * lines)
})
